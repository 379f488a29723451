// says: `bind` of a Stage with a `penstock::Output<>` must be public, take a `const penstock::Schema&` and a `penstock::NewColumns&` and return void [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Summary {
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
#ifdef WRONG
  void bind(penstock::NewColumns& out) { out.add<double>("sum"); }
#else
  void bind(const penstock::Schema&, penstock::NewColumns& out) { out.add<double>("sum"); }
#endif
  void process(const penstock::Batch<Reading>&, penstock::Output<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Stage, Summary, summary)
