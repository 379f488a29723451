/* It is linked so that nothing unloads it. */
#include "loaded_stage.h"

GOOD_STAGE(stays_loaded)
