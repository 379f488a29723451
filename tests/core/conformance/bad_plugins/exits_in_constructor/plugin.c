/* It ends the process as if all were well. */
#include "loaded_stage.h"

WHEN_LOADED { exit(0); }

GOOD_STAGE(exits_in_constructor)
