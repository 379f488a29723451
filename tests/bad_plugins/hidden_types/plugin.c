/* Nothing is wrong with it, and then a version script makes every symbol local. */
#include "good_stage.h"

PENSTOCK_TYPE(hidden_types, Stage, "\trows:same", NO_PARAMS, NO_METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, process))
