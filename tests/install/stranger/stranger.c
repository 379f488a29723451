#include <penstock/abi.h>
#include <stdlib.h>

#define PARAMS(P)
#define METRICS(M)
#define COLUMNS(C) C(value, write, f64, "", "the reading")
PENSTOCK_INDEXES(PARAMS, METRICS, COLUMNS)

static void* create(const penstock_host* host) {
  (void)host;
  return malloc(1);
}

static penstock_status process(void* self, penstock_batch* batch) {
  double* value = batch->column[COLUMN_value].values;
  (void)self;
  for (int64_t row = 0; row < batch->rows; ++row) value[row] *= 2;
  return PENSTOCK_OK;
}

PENSTOCK_TYPE(stranger_c, Stage, "\trows:same\tstate:none", PARAMS, METRICS, COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, free) PENSTOCK_METHOD(process, process))
