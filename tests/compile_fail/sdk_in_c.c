/* says: <penstock/sdk.hpp> is for C++: in C, include <penstock/abi.h> */
#ifdef WRONG
#include <penstock/sdk.hpp>
#else
#include <penstock/abi.h>
#endif

#define NONE(X)
PENSTOCK_INDEXES(NONE, NONE, NONE)
static void* create(const penstock_host* host) { return (void*)host; }
static void destroy(void* self) { (void)self; }
static penstock_status process(void* self, penstock_batch* batch) {
  (void)self, (void)batch;
  return PENSTOCK_OK;
}

PENSTOCK_TYPE(filter, Stage, "\trows:same", NONE, NONE, NONE,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, process))
