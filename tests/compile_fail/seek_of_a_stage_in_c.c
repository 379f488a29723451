/* says: `seek` is no method of a Stage, whose methods are create destroy configure bind open close tick process flush [PS0201] */
#include <penstock/abi.h>

#define NONE(X)
static void* create(const penstock_host* host) { return (void*)host; }
static void destroy(void* self) { (void)self; }
static penstock_status process(void* self, penstock_batch* batch) {
  (void)self, (void)batch;
  return PENSTOCK_OK;
}
#ifdef WRONG
static penstock_status seek(void* self, const char* position) {
  (void)self, (void)position;
  return PENSTOCK_OK;
}
#endif

#ifdef WRONG
PENSTOCK_TYPE(filter, Stage, "\trows:same", NONE, NONE, NONE,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, process)
                  PENSTOCK_METHOD(seek, seek))
#else
PENSTOCK_TYPE(filter, Stage, "\trows:same", NONE, NONE, NONE,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, process))
#endif
