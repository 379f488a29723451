/* It opens a file and changes the directory. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <unistd.h>

#include "loaded_stage.h"

WHEN_LOADED {
  (void)!open("/dev/null", O_RDONLY);
  (void)!chdir("/");
}

GOOD_STAGE(keeps_a_descriptor)
