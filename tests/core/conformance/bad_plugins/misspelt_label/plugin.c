/* It means to drop rows, and the host does not know that it may. */
#include "good_stage.h"

#define METRICS(M) M(dropped, u64, "\traising:yes", "rows dropped")
PENSTOCK_TYPE(misspelt_label, Stage, "\trow:fewer", NO_PARAMS, METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, process))
