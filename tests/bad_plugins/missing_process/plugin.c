/* Has no `process`, the one method that a stage is for. Its constructor shows that nobody ran it. */
#include "good_stage.h"

__attribute__((constructor)) static void runs_when_loaded(void) { abort(); }

PENSTOCK_TYPE(missing_process, Stage, "\trows:same", NO_PARAMS, NO_METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy))
