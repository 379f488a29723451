/* says: the function of `process` must be like `penstock_status process(void* self, penstock_batch* batch)` [PS0201] */
#include <penstock/abi.h>
#include <stddef.h>

#define NONE(X)
static void* create(const penstock_host* host) { return (void*)host; }
static void destroy(void* self) { (void)self; }
#ifndef WRONG
static penstock_status process(void* self, penstock_batch* batch) {
  (void)self, (void)batch;
  return PENSTOCK_OK;
}
#endif

#ifdef WRONG
PENSTOCK_TYPE(filter, Stage, "\trows:same", NONE, NONE, NONE,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, NULL))
#else
PENSTOCK_TYPE(filter, Stage, "\trows:same", NONE, NONE, NONE,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, process))
#endif
