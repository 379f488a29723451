/* A parameter with a capital letter in its name. */
#include "good_stage.h"

#define PARAMS(P) P(highLimit, f64, 100, "", "highest value")
PENSTOCK_TYPE(capital_parameter, Stage, "\trows:same", PARAMS, NO_METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(configure, configure)
                  PENSTOCK_METHOD(process, process))
