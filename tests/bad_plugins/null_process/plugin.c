/* The manifest promises `process`; its row holds no function. */
#include "good_stage.h"

PENSTOCK_TYPE(null_process, Stage, "\trows:same", NO_PARAMS, NO_METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, NULL))
