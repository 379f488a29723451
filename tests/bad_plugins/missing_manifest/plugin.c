/* Exports its table of methods and no manifest. */
#include "good_stage.h"

METHODS(missing_manifest) = {ROW(create), ROW(destroy), ROW(process), END_OF_ROWS};
