// says: `load` gives a copy of the row, and what is stored in it is lost: of a record with PENSTOCK_WRITES or PENSTOCK_ADDS, go through the rows with `each([&](Record& r) { ... })`, or through a column, `batch[&Record::member][row]`
#include <penstock/sdk.hpp>

namespace {
class Convert {
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
    PENSTOCK_ADDS(double, fahrenheit, "the same in degF");
  };

 public:
  void process(penstock::Batch<Reading>& batch) {
    for (std::size_t row = 0; row < batch.rows(); ++row) {
#ifdef WRONG
      auto r = batch.load(row);
      r.fahrenheit = r.value * 1.8 + 32;
#else
      batch[&Reading::fahrenheit][row] = batch[&Reading::value][row] * 1.8 + 32;
#endif
    }
  }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Convert, convert)
