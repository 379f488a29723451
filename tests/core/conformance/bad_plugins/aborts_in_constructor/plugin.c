/* It gives up. */
#define _GNU_SOURCE
#include <stdio.h>

#include "loaded_stage.h"

WHEN_LOADED {
  fputs("no calibration file", stderr);
  abort();
}

GOOD_STAGE(aborts_in_constructor)
