/* Asks for a stack that can be executed, as C with nested functions does. */
#include "good_stage.h"

PENSTOCK_TYPE(executable_stack, Stage, "\trows:same", NO_PARAMS, NO_METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, process))
