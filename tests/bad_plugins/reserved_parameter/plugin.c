/* A parameter with the name of a key that every node of a pipeline has. */
#include "good_stage.h"

#define PARAMS(P) P(timeout, f64, 0, "", "seconds until it gives up")
PENSTOCK_TYPE(reserved_parameter, Stage, "\trows:same", PARAMS, NO_METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(configure, configure)
                  PENSTOCK_METHOD(process, process))
