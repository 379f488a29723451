/* `flsh` for `flush`, which a stage need not have: a warning, and the type is accepted. */
#include "good_stage.h"

MANIFEST(misspelt_flush) = HEAD(misspelt_flush) CREATE_LINE DESTROY_LINE PROCESS_LINE
    "method:flsh\tsignature:() -> status\n";
METHODS(misspelt_flush) = {
    ROW(create), ROW(destroy), ROW(process), {"flsh", {.flush = flush}}, END_OF_ROWS};
