/* `process` is declared weak and defined nowhere: the loader is content, and makes it NULL. */
#include "good_stage.h"

__attribute__((weak, visibility("default"))) penstock_status process_elsewhere(void* self, penstock_batch* batch);

PENSTOCK_TYPE(weak_process, Stage, "\trows:same", NO_PARAMS, NO_METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy)
                  PENSTOCK_METHOD(process, process_elsewhere))
