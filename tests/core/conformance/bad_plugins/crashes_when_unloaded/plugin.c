/* It writes to address 0 when it is unloaded, which many hosts never do. */
#include "loaded_stage.h"

WHEN_UNLOADED {
  volatile int* volatile nowhere = NULL;
  *nowhere = 1;
}

GOOD_STAGE(crashes_when_unloaded)
