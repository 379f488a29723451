/* A row carries another name than the line of the manifest that it belongs to. */
#include "good_stage.h"

MANIFEST(renamed_row) = HEAD(renamed_row) CREATE_LINE DESTROY_LINE PROCESS_LINE;
METHODS(renamed_row) = {ROW(create), ROW(destroy), {"processes", {.process = process}}, END_OF_ROWS};
