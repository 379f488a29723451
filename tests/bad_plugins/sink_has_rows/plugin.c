/* A sink that says what becomes of the rows that enter it: nothing leaves it. */
#include "good_stage.h"

PENSTOCK_TYPE(sink_has_rows, Sink, "\trows:same", NO_PARAMS, NO_METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(consume, process))
