/* says: the methods of PENSTOCK_TYPE stand beside each other, without commas: PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, free) ... [PS0201] */
#include <penstock/abi.h>

#define NONE(X)
static void* create(const penstock_host* host) { return (void*)host; }
static void destroy(void* self) { (void)self; }
static penstock_status process(void* self, penstock_batch* batch) {
  (void)self, (void)batch;
  return PENSTOCK_OK;
}

#ifdef WRONG
PENSTOCK_TYPE(filter, Stage, "\trows:same", NONE, NONE, NONE, PENSTOCK_METHOD(create, create),
              PENSTOCK_METHOD(destroy, destroy), PENSTOCK_METHOD(process, process))
#else
PENSTOCK_TYPE(filter, Stage, "\trows:same", NONE, NONE, NONE,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, process))
#endif
