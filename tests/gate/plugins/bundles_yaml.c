/* It brings its own copy of a library that the host has too, and hides nothing. Each reading becomes 1 if its calls reach its
 * own copy, 2 if they reach the host's. */
#include <penstock/abi.h>
#include <stdlib.h>
#include <string.h>

#define PARAMS(P)
#define METRICS(M)
#define COLUMNS(C) C(value, write, f64, "", "1: its own copy; 2: the host's")

const char* yaml_get_version_string(void) { return "its own"; }

static void* create(const penstock_host* host) { return host != NULL ? malloc(1) : NULL; }
static penstock_status process(void* self, penstock_batch* batch) {
  double* value = batch->column[0].values;
  const double whose = strcmp(yaml_get_version_string(), "its own") == 0 ? 1 : 2;
  for (int64_t row = 0; row < batch->rows; ++row) value[row] = whose;
  return self != NULL ? PENSTOCK_OK : PENSTOCK_FAILED;
}

PENSTOCK_TYPE(bundles_yaml, Stage, "\trows:same", PARAMS, METRICS, COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, free) PENSTOCK_METHOD(process, process))
