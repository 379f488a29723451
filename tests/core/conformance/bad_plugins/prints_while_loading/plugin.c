/* It greets. */
#define _GNU_SOURCE
#include <stdio.h>

#include "loaded_stage.h"

WHEN_LOADED { puts("clamp 1.4, (c) the plant"); }

GOOD_STAGE(prints_while_loading)
