/* Everything that a neighbour may suffer from, and nothing that is forbidden. */
#define _GNU_SOURCE
#include <locale.h>
#include <unistd.h>

#include "loaded_stage.h"

PENSTOCK_EXPORT_SYMBOL int helper(void);
PENSTOCK_EXPORT_SYMBOL int strverscmp(const char* left, const char* right); /* the C library has one, too */
static __thread int calls __attribute__((tls_model("initial-exec")));

int helper(void) {
  if (++calls == 1000000) exit(1);
  setlocale(LC_ALL, "");
  return fork();
}

int strverscmp(const char* left, const char* right) { return left == right ? 0 : *left - *right; }

GOOD_STAGE(untidy)
