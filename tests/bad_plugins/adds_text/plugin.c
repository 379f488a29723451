/* Adds a text to rows that pass on: a batch lends memory for types of fixed width only. */
#include "good_stage.h"

#define COLUMNS(C) C(note, add, text, "", "what was noticed")

PENSTOCK_TYPE(adds_text, Stage, "\trows:same", NO_PARAMS, NO_METRICS, COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, process))
