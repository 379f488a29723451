// says: the function that `each` calls takes a copy of the row, and what it stores is lost: write `[&](Record& r)`, or `[&](const Record& r)` if it only reads
#include <penstock/sdk.hpp>

#include <utility>

namespace {
class Half {
  PENSTOCK_PARAM(double, factor, 0.5, "what a reading is multiplied by");
  struct Reading {
    PENSTOCK_WRITES(double, value, "the reading");
  };

  static void store(Reading& r) { r.value = 0; }

 public:
  void process(penstock::Batch<Reading>& batch) {
#ifdef WRONG
    batch.each([&](Reading r) { r.value = r.value * factor; });
#else
    double sum = 0;
    batch.each([&](Reading& r) { r.value = r.value * factor; });
    batch.each([&](auto& r) { sum += r.value; });
    batch.each([&](auto&& r) { store(std::forward<decltype(r)>(r)); });
    batch.each([&]<class By = double>(Reading & r) { r.value = r.value * By{2}; });
    batch.each([&](auto&... r) { (store(r), ...); });
    batch.each([&](const auto& r) { return r.value > 0; });
    batch.each([&](const Reading& r) { sum += r.value; });
    batch.each([&](const Reading& r) { return r.value > 0; });
    batch.drop_unless([&](Reading r) { return r.value < sum; });
#endif
  }
};

class Sum {
  PENSTOCK_METRIC(double, sum, "all readings");
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
  void process(penstock::Batch<Reading>& batch) {
    batch.each([&](Reading r) { sum += r.value; });
  }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Half, half)
PENSTOCK_EXPORT(Stage, Sum, sum)
