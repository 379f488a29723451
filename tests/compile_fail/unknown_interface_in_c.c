/* says: `stage` is no interface: a type is a Source, a Stage or a Sink [PS0303] */
#include <penstock/abi.h>

#define NONE(X)
static void* create(const penstock_host* host) { return (void*)host; }
static void destroy(void* self) { (void)self; }
static penstock_status process(void* self, penstock_batch* batch) {
  (void)self, (void)batch;
  return PENSTOCK_OK;
}

#ifdef WRONG
#define INTERFACE stage
#else
#define INTERFACE Stage
#endif
#define EXPORT_AS(interface, ...) PENSTOCK_TYPE(filter, interface, __VA_ARGS__)
EXPORT_AS(INTERFACE, "\trows:same", NONE, NONE, NONE,
          PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, process))
