/* says: a Source needs `stream`, (batch) -> status, and this list has none [PS0201] */
#include <penstock/abi.h>

#define NONE(X)
static void* create(const penstock_host* host) { return (void*)host; }
static void destroy(void* self) { (void)self; }
#ifndef WRONG
static penstock_status stream(void* self, penstock_batch* batch) {
  (void)self, (void)batch;
  return PENSTOCK_OK;
}
#endif

#ifdef WRONG
PENSTOCK_TYPE(filter, Source, "", NONE, NONE, NONE, PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy))
#else
PENSTOCK_TYPE(filter, Source, "", NONE, NONE, NONE,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(stream, stream))
#endif
