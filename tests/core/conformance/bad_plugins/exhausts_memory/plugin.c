/* It takes all memory that it gets, and does not look whether it got it. */
#include "loaded_stage.h"

WHEN_LOADED {
  for (;;) {
    volatile char* volatile block = malloc((size_t)1 << 26);
    *block = 1;
  }
}

GOOD_STAGE(exhausts_memory)
