/* Exports its manifest and no table of methods. */
#include "good_stage.h"

MANIFEST(missing_methods_table) = HEAD(missing_methods_table) CREATE_LINE DESTROY_LINE PROCESS_LINE;
