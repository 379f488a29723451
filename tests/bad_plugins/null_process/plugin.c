/* The manifest promises `process`; its row holds no function. */
#include "good_stage.h"

MANIFEST(null_process) = HEAD(null_process) CREATE_LINE DESTROY_LINE PROCESS_LINE;
METHODS(null_process) = {ROW(create), ROW(destroy), {"process", {.process = NULL}}, END_OF_ROWS};
