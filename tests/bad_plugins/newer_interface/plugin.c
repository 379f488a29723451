/* Built for an interface of a later version. */
#include "good_stage.h"

MANIFEST(newer_interface) = "penstock:1\tname:newer_interface\tinterface:Stage 1.3\tsdk:1.3\trows:same\n" CREATE_LINE
    DESTROY_LINE PROCESS_LINE "method:process_later\tsignature:(batch, time) -> status\n";
METHODS(newer_interface) = {ROW(create),
                            ROW(destroy),
                            ROW(process),
                            {"process_later", {.process = process}},
                            END_OF_ROWS};
