/* A sink that adds a column: nobody stands behind it who could read it. */
#include "good_stage.h"

#define COLUMNS(C) C(written, add, bool, "", "whether the row arrived")

PENSTOCK_TYPE(sink_adds_column, Sink, "", NO_PARAMS, NO_METRICS, COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(consume, process))
