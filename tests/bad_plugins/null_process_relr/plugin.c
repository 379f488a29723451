/* The same as null_process, linked with packed relocations (DT_RELR). */
#include "good_stage.h"

PENSTOCK_TYPE(null_process_relr, Stage, "\trows:same", NO_PARAMS, NO_METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, NULL))
