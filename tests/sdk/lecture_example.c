/* The class that the change log was made for, in C: a plugin checks its invariants itself, and says what it rejected. */
#include <penstock/abi.h>
#include <stdlib.h>
#include <string.h>

#define PARAMS(P) P(attempt_negative, bool, false, "", "tries a negative latency at the end, which is rejected")
#define METRICS(M)                                                                        \
  M(records_processed, u64, "\tlabel:Records Processed\trising:yes", "records processed") \
  M(mean_latency_ms, f64, "\tlabel:Mean Latency\tunit:ms\tmin:0", "mean latency")         \
  M(error_count, u64, "\tlabel:Error Count\trising:yes", "errors")
#define COLUMNS(C) C(value, read, f64, "", "the reading")
PENSTOCK_INDEXES(PARAMS, METRICS, COLUMNS)

struct metrics {
  const penstock_host* host;
  int attempt_negative;
  uint64_t records_processed;
  double mean_latency_ms;
};

static uint64_t bits(double value) {
  uint64_t result;
  memcpy(&result, &value, sizeof result);
  return result;
}

static void set_records_processed(struct metrics* self, uint64_t value) {
  self->host->record(self->host, METRIC_records_processed, self->records_processed, value, 1);
  self->records_processed = value;
}

static void set_mean_latency_ms(struct metrics* self, double value) {
  const int accepted = value >= 0; /* false for NaN too */
  self->host->record(self->host, METRIC_mean_latency_ms, bits(self->mean_latency_ms), bits(value), (uint32_t)accepted);
  if (accepted) self->mean_latency_ms = value;
}

static void* create(const penstock_host* host) {
  struct metrics* self = calloc(1, sizeof *self);
  if (self)
    self->host = host;
  else
    host->fail(host, PENSTOCK_FAILED, -1, "out of memory");
  return self;
}

static penstock_status configure(void* instance, const penstock_value* value) {
  struct metrics* self = instance;
  self->attempt_negative = value[PARAM_attempt_negative].boolean;
  return PENSTOCK_OK;
}

static penstock_status process(void* instance, penstock_batch* batch) {
  struct metrics* self = instance;
  for (int64_t row = 0; row < batch->rows; ++row) {
    set_records_processed(self, self->records_processed + 1);
    if (self->records_processed % 10 == 0) set_mean_latency_ms(self, (double)(self->records_processed * 10) / 1000);
  }
  return PENSTOCK_OK;
}

static penstock_status flush(void* instance) {
  struct metrics* self = instance;
  if (self->attempt_negative) set_mean_latency_ms(self, -1.0);
  return PENSTOCK_OK;
}

PENSTOCK_TYPE(lecture_c, Stage, "\trows:same", PARAMS, METRICS, COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, free) PENSTOCK_METHOD(configure, configure)
                  PENSTOCK_METHOD(process, process) PENSTOCK_METHOD(flush, flush))
