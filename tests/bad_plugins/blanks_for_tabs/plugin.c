/* The head line of its manifest is written by hand, with a blank where a tab belongs. */
#include "good_stage.h"

MANIFEST(blanks_for_tabs) = "penstock:1 name:blanks_for_tabs interface:Stage 1.0 sdk:1.0 rows:same\n"  //
    CREATE_LINE DESTROY_LINE PROCESS_LINE;
METHODS(blanks_for_tabs) = {ROW(create), ROW(destroy), ROW(process), END_OF_ROWS};
