// What no plugin should do to the process of its host, once by each type.
#include <unistd.h>
#include <penstock/sdk.hpp>

#include <cstdlib>

namespace {

class Leaver {
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
  void process(const penstock::Batch<Reading>&) { std::exit(0); }
};

// Closes the standard descriptors in a static constructor, when its library is loaded.
class DescriptorCloser {
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
  void process(const penstock::Batch<Reading>&) {}
};

[[maybe_unused]] const bool is_closed = [] {
  if (std::getenv("CLOSE_DESCRIPTORS") == nullptr) return false;
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO}) ::close(descriptor);
  return true;
}();

}  // namespace

PENSTOCK_EXPORT(Stage, Leaver, leaver)
PENSTOCK_EXPORT(Stage, DescriptorCloser, descriptor_closer)
