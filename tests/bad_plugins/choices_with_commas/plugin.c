/* The choices of a parameter are separated as in a sentence, so that they are one. */
#include "good_stage.h"

#define PARAMS(P) P(mode, choice, fast, "\tchoices:fast, exact", "how it is computed")
PENSTOCK_TYPE(choices_with_commas, Stage, "\trows:same", PARAMS, NO_METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(configure, configure)
                  PENSTOCK_METHOD(process, process))
