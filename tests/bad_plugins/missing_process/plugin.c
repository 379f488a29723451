/* Has no `process`, the one method that a stage is for. Its constructor shows that nobody ran it. */
#include "good_stage.h"

__attribute__((constructor)) static void runs_when_loaded(void) { abort(); }

MANIFEST(missing_process) = HEAD(missing_process) CREATE_LINE DESTROY_LINE;
METHODS(missing_process) = {ROW(create), ROW(destroy), END_OF_ROWS};
