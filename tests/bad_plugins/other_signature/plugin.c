/* `process` takes a row and not a batch. */
#include "good_stage.h"

MANIFEST(other_signature) = HEAD(other_signature) CREATE_LINE DESTROY_LINE
    "method:process\tsignature:(row) -> status\n";
METHODS(other_signature) = {ROW(create), ROW(destroy), ROW(process), END_OF_ROWS};
