/* Calls a function that is declared, in the file that somebody forgot to link. */
#include "good_stage.h"

int factor_of_plant(int sensor);

static inline penstock_status calibrate(void* self, penstock_batch* batch) {
  return factor_of_plant(0) > 0 ? process(self, batch) : PENSTOCK_FAILED;
}

PENSTOCK_TYPE(undefined_symbol, Stage, "\trows:same", NO_PARAMS, NO_METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, calibrate))
