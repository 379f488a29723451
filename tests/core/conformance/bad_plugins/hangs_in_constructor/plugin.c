/* It waits for ever, and does not let itself be interrupted. */
#define _GNU_SOURCE
#include <signal.h>
#include <unistd.h>

#include "loaded_stage.h"

WHEN_LOADED {
  signal(SIGTERM, SIG_IGN);
  for (;;) pause();
}

GOOD_STAGE(hangs_in_constructor)
