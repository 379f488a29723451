/* `process` is declared, in the file that somebody forgot to link. */
#include "good_stage.h"

__attribute__((visibility("default"))) penstock_status process_elsewhere(void* self, penstock_batch* batch);

PENSTOCK_TYPE(undefined_function, Stage, "\trows:same", NO_PARAMS, NO_METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy)
                  PENSTOCK_METHOD(process, process_elsewhere))
