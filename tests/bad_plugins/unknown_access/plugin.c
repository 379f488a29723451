/* `raed` for `read`. */
#include "good_stage.h"

#define COLUMNS(C) C(value, raed, f64, "", "the reading")

PENSTOCK_TYPE(unknown_access, Stage, "\trows:same", NO_PARAMS, NO_METRICS, COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, process))
