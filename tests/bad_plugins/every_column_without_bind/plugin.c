/* Takes every column that comes and has no `bind`, in which it would be told what they are. */
#include "good_stage.h"

MANIFEST(every_column_without_bind) = HEAD(every_column_without_bind) CREATE_LINE DESTROY_LINE PROCESS_LINE
    "column:*\taccess:read\n";
METHODS(every_column_without_bind) = {ROW(create), ROW(destroy), ROW(process), END_OF_ROWS};
