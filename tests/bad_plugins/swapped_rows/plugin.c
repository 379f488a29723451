/* The rows stand in another order than the lines of the manifest. */
#include "good_stage.h"

MANIFEST(swapped_rows) = HEAD(swapped_rows) CREATE_LINE DESTROY_LINE PROCESS_LINE;
METHODS(swapped_rows) = {ROW(create), ROW(process), ROW(destroy), END_OF_ROWS};
