/* Nothing is wrong with it: two types, which are admitted beside all the others. */
#include "good_stage.h"

#define PARAMS(P) P(limit, f64, 100, "\tmin:0\tmax:1000\tunit:degC", "highest value")
PENSTOCK_TYPE(good_stage, Stage, "\trows:same\tstate:none", PARAMS, NO_METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(configure, configure)
                  PENSTOCK_METHOD(process, process) PENSTOCK_METHOD(flush, flush))
PENSTOCK_TYPE(another_stage, Stage, "\trows:same", NO_PARAMS, NO_METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, free) PENSTOCK_METHOD(process, process))
