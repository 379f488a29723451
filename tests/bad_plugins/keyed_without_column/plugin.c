/* Keeps a state per sensor and does not declare the column that names the sensor. */
#include "good_stage.h"

PENSTOCK_TYPE(keyed_without_column, Stage, "\trows:same\tstate:keyed\tkey:sensor_id", NO_PARAMS, NO_METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, process))
