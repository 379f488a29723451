/* It takes its time. */
#define _GNU_SOURCE
#include <unistd.h>

#include "loaded_stage.h"

WHEN_LOADED { usleep(150000); }

GOOD_STAGE(slow_to_load)
