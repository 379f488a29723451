/* It writes to address 0. */
#include "loaded_stage.h"

WHEN_LOADED {
  volatile int* volatile nowhere = NULL;
  *nowhere = 1;
}

GOOD_STAGE(crashes_in_constructor)
