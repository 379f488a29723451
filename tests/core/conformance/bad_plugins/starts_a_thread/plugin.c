/* It starts a thread that nobody ends. */
#define _GNU_SOURCE
#include <pthread.h>
#include <unistd.h>

#include "loaded_stage.h"

static void* wait_for_ever(void* unused) {
  for (;;) pause();
  return unused;
}

WHEN_LOADED {
  pthread_t thread;
  pthread_create(&thread, NULL, wait_for_ever, NULL);
}

GOOD_STAGE(starts_a_thread)
