/* `proces` for `process`, in the manifest and in the rows. The type beside it is good. */
#include "good_stage.h"

MANIFEST(misspelt_process) = HEAD(misspelt_process) CREATE_LINE DESTROY_LINE
    "method:proces\tsignature:(batch) -> status\n";
METHODS(misspelt_process) = {ROW(create), ROW(destroy), {"proces", {.process = process}}, END_OF_ROWS};

PENSTOCK_TYPE(beside_misspelt, Stage, "\trows:same", NO_PARAMS, NO_METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, process))
