/* It prints and never stops. */
#define _GNU_SOURCE
#include <stdio.h>

#include "loaded_stage.h"

WHEN_LOADED {
  for (;;) fputs("still here\n", stderr);
}

GOOD_STAGE(writes_without_end)
