/* A metric begins below the least value that it may have. */
#include "good_stage.h"

#define METRICS(M) M(latency, f64, "\tdefault:-1\tmin:0\tunit:ms", "mean latency")
PENSTOCK_TYPE(metric_out_of_bounds, Stage, "\trows:same", NO_PARAMS, METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, process))
