// says: a Sink, and a Stage with a `penstock::Output`, pass on no row that comes: their record has PENSTOCK_READS only [PS0309]
#include <penstock/sdk.hpp>

namespace {
class Copier {
  struct In {
    PENSTOCK_READS(double, value, "the reading");
#ifdef WRONG
    PENSTOCK_ADDS(double, twice, "two of it");
#endif
  };
  struct Out {
    PENSTOCK_ADDS(double, copy, "the same");
  };

 public:
  void process(const penstock::Batch<In>& in, penstock::Output<Out>& out) {
    for (std::size_t row = 0; row < in.rows(); ++row) out.push({in[&In::value][row]});
  }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Copier, copier)
