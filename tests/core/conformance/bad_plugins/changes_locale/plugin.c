/* It takes the locale of the environment, and numbers are read in another way in the whole process. */
#define _GNU_SOURCE
#include <locale.h>

#include "loaded_stage.h"

WHEN_LOADED { setlocale(LC_ALL, "C.UTF-8"); }

GOOD_STAGE(changes_locale)
