/* The threshold filter in C, as the documentation of the boundary shows it. clang-format off: kept as dense as it is shown. */
/* clang-format off */
#include <penstock/abi.h>
#include <stdlib.h>
#define PARAMS(P)  P(min, f64, 0, "\treload:yes", "lowest value kept") P(max, f64, 100, "\treload:yes", "highest value kept")
#define METRICS(M) M(dropped, u64, "", "records dropped")
#define COLUMNS(C) C(value, read, f64, "", "the reading")
PENSTOCK_INDEXES(PARAMS, METRICS, COLUMNS)          /* PARAM_min, METRIC_dropped, COLUMN_value: text and index cannot drift apart */
struct filter { const penstock_host* host; double min, max; uint64_t dropped; };
static void* create(const penstock_host* host) { struct filter* self = calloc(1, sizeof *self); if (self) self->host = host; return self; }
static penstock_status configure(void* instance, const penstock_value* value) {
  struct filter* self = instance;
  if (!(value[PARAM_min].f64 <= value[PARAM_max].f64)) return self->host->fail(self->host, PENSTOCK_REFUSED, PARAM_min, "must not be greater than `max`");
  self->min = value[PARAM_min].f64; self->max = value[PARAM_max].f64;
  return PENSTOCK_OK;
}
static penstock_status process(void* instance, penstock_batch* batch) {
  struct filter* self = instance;
  const double* value = batch->column[COLUMN_value].values;
  const uint64_t before = self->dropped;
  for (int64_t base = 0; base < batch->rows; base += 64) {              /* 64 rows are one word of `keep` */
    const int64_t n = batch->rows - base < 64 ? batch->rows - base : 64;
    uint64_t word = 0;
    for (int64_t i = 0; i < n; ++i) word |= (uint64_t)((self->min <= value[base + i]) & (value[base + i] <= self->max)) << i;
    batch->keep[base / 64] &= word;
    self->dropped += (uint64_t)(n - penstock_popcount(word));
  }
  if (self->dropped != before) self->host->record(self->host, METRIC_dropped, before, self->dropped, 1);
  return PENSTOCK_OK;
}
PENSTOCK_TYPE(threshold_c, Stage, "\trows:fewer\tstate:none", PARAMS, METRICS, COLUMNS,
  PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, free) PENSTOCK_METHOD(configure, configure) PENSTOCK_METHOD(process, process))
