/* says: a type with parameters needs `configure`, (values) -> status, and this list has none [PS0201] */
#include <penstock/abi.h>

#define NONE(X)
#define PARAMS(P) P(limit, f64, 0, "", "highest value")
static void* create(const penstock_host* host) { return (void*)host; }
static void destroy(void* self) { (void)self; }
static penstock_status process(void* self, penstock_batch* batch) {
  (void)self, (void)batch;
  return PENSTOCK_OK;
}
#ifndef WRONG
static penstock_status configure(void* self, const penstock_value* values) {
  (void)self, (void)values;
  return PENSTOCK_OK;
}
#endif

#ifdef WRONG
PENSTOCK_TYPE(filter, Stage, "\trows:same", PARAMS, NONE, NONE,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, process))
#else
PENSTOCK_TYPE(filter, Stage, "\trows:same", PARAMS, NONE, NONE,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(configure, configure)
                  PENSTOCK_METHOD(process, process))
#endif
