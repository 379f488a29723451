/* says: the function of `process` must be like `penstock_status process(void* self, penstock_batch* batch)` [PS0201] */
#include <penstock/abi.h>
#include <stddef.h>

#define NONE(X)
static void* create(const penstock_host* host) { return (void*)host; }
static void destroy(void* self) { (void)self; }
#ifdef WRONG
static penstock_status process(void* self, const char* text) {
  (void)self, (void)text;
  return PENSTOCK_OK;
}
#else
static penstock_status process(void* self, penstock_batch* batch) {
  (void)self, (void)batch;
  return PENSTOCK_OK;
}
#endif

PENSTOCK_TYPE(filter, Stage, "\trows:same", NONE, NONE, NONE,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, process))
