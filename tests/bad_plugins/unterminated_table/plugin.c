/* The row of NULLs is missing at the end of the table. */
#include "good_stage.h"

MANIFEST(unterminated_table) = HEAD(unterminated_table) CREATE_LINE DESTROY_LINE PROCESS_LINE;
METHODS(unterminated_table) = {ROW(create), ROW(destroy), ROW(process)};
