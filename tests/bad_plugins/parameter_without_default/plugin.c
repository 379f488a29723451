/* A parameter that nobody has to give, and without a value for who does not. */
#include "good_stage.h"

MANIFEST(parameter_without_default) = HEAD(parameter_without_default) CREATE_LINE DESTROY_LINE
    "method:configure\tsignature:" PENSTOCK_SIGNATURE_configure "\n" PROCESS_LINE "param:limit\ttype:f64\n";
METHODS(parameter_without_default) = {ROW(create), ROW(destroy), ROW(configure), ROW(process), END_OF_ROWS};
