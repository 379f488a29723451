/* A global object whose constructor throws. */
#include <stdexcept>

#include "good_stage.h"

namespace {

struct Plant {
  Plant() { throw std::runtime_error("no plant to be found"); }
};
const Plant plant;

}  // namespace

extern "C" {
PENSTOCK_TYPE(throws_in_constructor, Stage, "\trows:same", NO_PARAMS, NO_METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(process, process))
}
