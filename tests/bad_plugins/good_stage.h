/* What a stage in C consists of, and nothing is wrong with: each folder beside this file changes one thing about it. */
#ifndef PENSTOCK_TESTS_BAD_PLUGINS_GOOD_STAGE_H
#define PENSTOCK_TESTS_BAD_PLUGINS_GOOD_STAGE_H

#include <penstock/abi.h>
#include <stdlib.h>

static inline void* create(const penstock_host* host) { return host != NULL ? malloc(1) : NULL; }
static inline void destroy(void* self) { free(self); }
static inline penstock_status configure(void* self, const penstock_value* values) {
  return self != NULL && values != NULL ? PENSTOCK_OK : PENSTOCK_FAILED;
}
static inline penstock_status process(void* self, penstock_batch* batch) {
  return self != NULL && batch != NULL ? PENSTOCK_OK : PENSTOCK_FAILED;
}
static inline penstock_status flush(void* self) { return self != NULL ? PENSTOCK_OK : PENSTOCK_FAILED; }

#define NO_PARAMS(P)
#define NO_METRICS(M)
#define NO_COLUMNS(C)

/* The same by hand, for what the macros of the SDK would not let through. */
#define HEAD(id) "penstock:1\tname:" #id "\tinterface:Stage 1.0\tsdk:1.0\trows:same\n"
#define CREATE_LINE "method:create\tsignature:" PENSTOCK_SIGNATURE_create "\n"
#define DESTROY_LINE "method:destroy\tsignature:" PENSTOCK_SIGNATURE_destroy "\n"
#define PROCESS_LINE "method:process\tsignature:" PENSTOCK_SIGNATURE_process "\n"
#define MANIFEST(id) PENSTOCK_EXPORT_SYMBOL const char penstock_type_##id[]
#define METHODS(id) PENSTOCK_EXPORT_SYMBOL const penstock_method penstock_methods_##id[]
/* clang-format off */
#define ROW(method) {#method, {.method = method}}
#define END_OF_ROWS {NULL, {NULL}}
/* clang-format on */

#endif
