/* Has a parameter and no `configure` that would take its value. */
#include "good_stage.h"

MANIFEST(missing_configure) = HEAD(missing_configure) CREATE_LINE DESTROY_LINE PROCESS_LINE
    "param:limit\ttype:f64\tdefault:0\tdoc:highest value\n";
METHODS(missing_configure) = {ROW(create), ROW(destroy), ROW(process), END_OF_ROWS};
