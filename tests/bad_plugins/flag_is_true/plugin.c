/* A flag has the value that it would have in C, and nobody would know that the metric may fall. */
#include "good_stage.h"

#define METRICS(M) M(late, u64, "\trising:true", "readings after their window")
PENSTOCK_TYPE(flag_is_true, Stage, "\trows:same", NO_PARAMS, METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, process))
