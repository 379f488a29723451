/* It needs a library that is no plugin, and looks for it beside itself. */
#include "good_stage.h"

double plant_factor(void);
static penstock_status multiply(void* self, penstock_batch* batch) {
  double* value = batch->column[0].values;
  for (int64_t row = 0; row < batch->rows; ++row) value[row] *= plant_factor();
  return self != NULL ? PENSTOCK_OK : PENSTOCK_FAILED;
}

#define COLUMNS(C) C(value, write, f64, "", "the reading")
PENSTOCK_TYPE(needs_plant, Stage, "\trows:same", NO_PARAMS, NO_METRICS, COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, multiply))
