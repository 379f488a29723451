// says: `acknowledge` must be public, take a `std::string_view` and return void [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Reader {
  struct Reading {
    PENSTOCK_ADDS(double, value, "the reading");
  };

 public:
  penstock::Generator stream(penstock::Output<Reading>&) { co_return; }
#ifdef WRONG
  bool acknowledge(std::string_view) { return true; }
#else
  void acknowledge(std::string_view) {}
#endif
};
}  // namespace

PENSTOCK_EXPORT(Source, Reader, reader)
