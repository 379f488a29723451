/* Two parameters of one name. */
#include "good_stage.h"

#define PARAMS(P) P(limit, f64, 0, "", "lowest value") P(limit, f64, 100, "", "highest value")
PENSTOCK_TYPE(duplicate_parameter, Stage, "\trows:same", PARAMS, NO_METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(configure, configure)
                  PENSTOCK_METHOD(process, process))
