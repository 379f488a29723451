/* The default of a parameter is below its own minimum. */
#include "good_stage.h"

#define PARAMS(P) P(window, u64, 0, "\tmin:1\tmax:1000\tunit:readings", "readings averaged")
PENSTOCK_TYPE(default_out_of_bounds, Stage, "\trows:same", PARAMS, NO_METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(configure, configure)
                  PENSTOCK_METHOD(process, process))
