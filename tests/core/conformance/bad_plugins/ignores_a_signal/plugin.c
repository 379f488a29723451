/* It takes Ctrl-C from the host. */
#define _GNU_SOURCE
#include <signal.h>

#include "loaded_stage.h"

WHEN_LOADED { signal(SIGINT, SIG_IGN); }

GOOD_STAGE(ignores_a_signal)
