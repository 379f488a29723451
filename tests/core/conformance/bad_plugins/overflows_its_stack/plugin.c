/* It calls itself without end. */
#include "loaded_stage.h"

static int descend(volatile int depth) { return depth == 0 ? 0 : descend(depth + 1) + depth; }

WHEN_LOADED { (void)descend(1); }

GOOD_STAGE(overflows_its_stack)
