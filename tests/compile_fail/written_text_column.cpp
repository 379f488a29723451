// says: a text column can be read, not written or added: use penstock::Key [PS0309]
#include <penstock/sdk.hpp>

namespace {
class Renamer {
  struct Reading {
#ifdef WRONG
    PENSTOCK_WRITES(std::string_view, sensor, "the sensor");
#else
    PENSTOCK_WRITES(penstock::Key, sensor, "the sensor");
#endif
  };

 public:
  void process(penstock::Batch<Reading>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Stage, Renamer, renamer)
