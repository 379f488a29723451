/* A good stage in C that does something while it is loaded: each folder beside this file says what. */
#ifndef PENSTOCK_TESTS_CONFORMANCE_LOADED_STAGE_H
#define PENSTOCK_TESTS_CONFORMANCE_LOADED_STAGE_H

#include "good_stage.h"

#define WHEN_LOADED __attribute__((constructor)) static void when_loaded(void)
#define WHEN_UNLOADED __attribute__((destructor)) static void when_unloaded(void)

#define GOOD_STAGE(id)                                                                                      \
  PENSTOCK_TYPE(id, Stage, "\trows:same", NO_PARAMS, NO_METRICS, NO_COLUMNS, PENSTOCK_METHOD(create, create) \
                    PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, process))

#endif
