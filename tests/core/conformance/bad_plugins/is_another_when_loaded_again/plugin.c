/* It leaves a word in the environment, and finds it when it is loaded again. */
#define _GNU_SOURCE
#include "loaded_stage.h"

PENSTOCK_EXPORT_SYMBOL char penstock_type_is_another_when_loaded_again[] =
    HEAD(is_another_when_loaded_again) CREATE_LINE DESTROY_LINE PROCESS_LINE;
METHODS(is_another_when_loaded_again) = {ROW(create), ROW(destroy), ROW(process), END_OF_ROWS};

WHEN_LOADED {
  if (getenv("PENSTOCK_TESTS_LOADED") != NULL) penstock_type_is_another_when_loaded_again[0] = 'P';
  setenv("PENSTOCK_TESTS_LOADED", "yes", 1);
}
