/* It starts a process in a session of its own and lets it run. */
#define _GNU_SOURCE
#include <unistd.h>

#include "loaded_stage.h"

WHEN_LOADED {
  if (fork() != 0) return;
  setsid();
  for (;;) pause();
}

GOOD_STAGE(starts_a_process)
