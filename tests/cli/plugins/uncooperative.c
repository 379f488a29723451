/* What a type may do and its pipeline cannot live with, once by each type. */
#include <penstock/abi.h>
#include <stddef.h>

#define NOTHING(M)
#define VALUE(C) C(value, read, f64, "", "the reading")

/* An instance is the host that it was made for. */
static void* create(const penstock_host* host) { return (void*)host; }
static void destroy(void* self) { (void)self; }
static penstock_status process(void* self, penstock_batch* batch) {
  return self != NULL && batch != NULL ? PENSTOCK_OK : PENSTOCK_FAILED;
}

static void* fail_to_create(const penstock_host* host) {
  host->fail(host, PENSTOCK_FAILED, -1, "the calibration table is empty");
  return NULL;
}
PENSTOCK_TYPE(never_made, Stage, "\trows:same", NOTHING, NOTHING, VALUE,
              PENSTOCK_METHOD(create, fail_to_create) PENSTOCK_METHOD(destroy, destroy)
                  PENSTOCK_METHOD(process, process))

static penstock_status refuse(void* self, const struct ArrowSchema* in, struct ArrowSchema* out) {
  const penstock_host* const host = self;
  return in != NULL && out != NULL ? host->fail(host, PENSTOCK_REFUSED, 0, "must never be null") : PENSTOCK_FAILED;
}
PENSTOCK_TYPE(picky, Stage, "\trows:same", NOTHING, NOTHING, VALUE,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(bind, refuse)
                  PENSTOCK_METHOD(process, process))

static penstock_status drop_the_first(void* self, penstock_batch* batch) {
  batch->keep[0] &= ~(uint64_t)1;
  return process(self, batch);
}
PENSTOCK_TYPE(row_thief, Stage, "\trows:same", NOTHING, NOTHING, VALUE,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy)
                  PENSTOCK_METHOD(process, drop_the_first))
