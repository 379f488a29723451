/* Its manifest is no constant, and is another one once it is loaded. */
#include "loaded_stage.h"

PENSTOCK_EXPORT_SYMBOL char penstock_type_changes_its_manifest[] =
    HEAD(changes_its_manifest) CREATE_LINE DESTROY_LINE PROCESS_LINE;
METHODS(changes_its_manifest) = {ROW(create), ROW(destroy), ROW(process), END_OF_ROWS};

/* volatile: clang would do the work when it compiles, and the file would hold the changed text. */
WHEN_LOADED {
  volatile char* const text = penstock_type_changes_its_manifest;
  text[sizeof penstock_type_changes_its_manifest - 2] = ' ';
}
