/* A description that would clear the screen of who lists it. */
#include "good_stage.h"

#define PARAMS(P) P(limit, f64, 0, "", "highest value \033[2J")
PENSTOCK_TYPE(control_byte_in_doc, Stage, "\trows:same", PARAMS, NO_METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(configure, configure)
                  PENSTOCK_METHOD(process, process))
