/* A global object whose constructor throws what is no exception. */
#include "good_stage.h"

namespace {

struct Plant {
  Plant() { throw 42; }
};
const Plant plant;

}  // namespace

extern "C" {
PENSTOCK_TYPE(throws_a_number, Stage, "\trows:same", NO_PARAMS, NO_METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, process))
}
