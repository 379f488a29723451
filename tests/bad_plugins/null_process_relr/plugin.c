/* The same as null_process, linked with packed relocations (DT_RELR). */
#include "good_stage.h"

MANIFEST(null_process_relr) = HEAD(null_process_relr) CREATE_LINE DESTROY_LINE PROCESS_LINE;
METHODS(null_process_relr) = {ROW(create), ROW(destroy), {"process", {.process = NULL}}, END_OF_ROWS};
