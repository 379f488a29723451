/* The default of a text is written as in C, so that it has quotes of its own. It is a warning: they may be meant. */
#include "good_stage.h"

#define PARAMS(P) P(title, text, "none", "", "what stands above the page")
PENSTOCK_TYPE(default_in_quotes, Stage, "\trows:same", PARAMS, NO_METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(configure, configure)
                  PENSTOCK_METHOD(process, process))
