/* Has a parameter and no `configure` that would take its value. */
#include "good_stage.h"

#define PARAMS(P) P(limit, f64, 0, "", "highest value")
PENSTOCK_TYPE(missing_configure, Stage, "\trows:same", PARAMS, NO_METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, process))
