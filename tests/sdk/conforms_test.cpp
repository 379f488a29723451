// Whether a class could be exported, as a value.
#include <gtest/gtest.h>
#include <penstock/sdk.hpp>

#include <string>

namespace {

struct Reading {
  PENSTOCK_READS(double, value, "the reading");
};
struct Row {
  PENSTOCK_ADDS(double, value, "the reading");
};

struct Good {
  void process(penstock::Batch<Reading>&) {}
};
struct GoodByDerivation final : penstock::Stage<Reading> {
  void process(penstock::Batch<Reading>&) override {}
};
struct Dynamic {
  penstock::Flow consume(const penstock::Batch<>&) { return penstock::more; }
};
struct Streaming {
  penstock::Generator stream(penstock::Output<Row>&) { return {}; }
  void seek(std::string_view) {}
};

TEST(Conforms, IsTrueOfAClassThatHasTheMethodsOrDerives) {
  EXPECT_TRUE((penstock::conforms<penstock::Stage, Good>()));
  EXPECT_TRUE((penstock::conforms<penstock::Stage, GoodByDerivation>()));
  EXPECT_TRUE((penstock::conforms<penstock::Sink, Dynamic>()));
  EXPECT_TRUE((penstock::conforms<penstock::Source, Streaming>()));
}

TEST(Conforms, TellsTheInterfacesApart) {
  EXPECT_FALSE((penstock::conforms<penstock::Sink, Good>()));
  EXPECT_FALSE((penstock::conforms<penstock::Source, GoodByDerivation>()));
  EXPECT_FALSE((penstock::conforms<penstock::Stage, Dynamic>()));
  EXPECT_FALSE((penstock::conforms<penstock::Stage, Streaming>()));
}

TEST(Conforms, IsFalseOfWhatIsNoClass) {
  EXPECT_FALSE((penstock::conforms<penstock::Stage, int>()));
  EXPECT_FALSE((penstock::conforms<penstock::Stage, Good&>()));
  EXPECT_FALSE((penstock::conforms<penstock::Sink, void>()));
  EXPECT_FALSE((penstock::conforms<penstock::Sink, std::string>()));
}

struct Misspelt {
  void proces(penstock::Batch<Reading>&) {}
};
struct Forgotten : penstock::Stage<Reading> {};
struct OtherwiseDerived : penstock::Stage<Reading> {
  using penstock::Stage<Reading>::process;
  void process(Reading&) {}
};
struct SecretlyDerived : private penstock::Stage<Reading> {
  void process(penstock::Batch<Reading>&) override {}
};
struct DerivedFromTwo : penstock::Stage<Reading>, penstock::Sink<Reading> {
  void process(penstock::Batch<Reading>&) override {}
  void consume(const penstock::Batch<Reading>&) override {}
};
class Private {
  [[maybe_unused]] void process(penstock::Batch<Reading>&) {}
};
struct Overloaded {
  void process(penstock::Batch<Reading>&) {}
  void process(Reading&) {}
};
struct ReturnsWrong {
  int process(penstock::Batch<Reading>&) { return 0; }
};
struct TakesWrong {
  void process(int) {}
};
struct FlushTakesWrong : Good {
  void flush(int) {}
};
struct Seeks : Good {
  void seek(std::string_view) {}
};
struct TakesACopy {
  void process(Reading) {}
};
class SecretlyFinal final {
  PENSTOCK_METRIC(double, highest, "a macro of its own");
  void process(penstock::Batch<Reading>&) {}
};
class OverloadedBesideAMacro {
  PENSTOCK_METRIC(double, highest, "a macro of its own");

 public:
  void process(penstock::Batch<Reading>&) {}
  void process(Reading&) {}
};
struct NeedsAnArgument : Good {
  explicit NeedsAnArgument(int) {}
};
struct CannotBeDestroyed : Good {
  CannotBeDestroyed() = default;

 private:
  virtual ~CannotBeDestroyed() = default;
};
struct BadParameter : Good {
  PENSTOCK_PARAM(double, limit, 5.0, "its default is too large", at_most(1));
};
struct BadMetric : Good {
  PENSTOCK_METRIC(float, share, "no metric is a float");
};
struct Half {
  PENSTOCK_READS(double, value, "the reading");
  double other;
};
struct BadRecord {
  void process(Half&) {}
};
struct Unknown {
  void consume(const penstock::Batch<int>&) {}
};
struct SaysNoColumns {
  penstock::Generator stream(penstock::Output<>&) { return {}; }
};
struct Swapped {
  double first, second;
  static consteval auto describe() {
    using namespace penstock::attributes;
    return penstock::described(writes("second", &Swapped::second, ""), writes("first", &Swapped::first, ""));
  }
};
struct BadlyDescribed {
  void process(Swapped&) {}
};
struct TooLate {
  penstock::Param<double> limit;
  static auto describe() { return penstock::described(penstock::attributes::param("limit", &TooLate::limit, 1.0, "")); }
  void process(penstock::Batch<Reading>&) {}
};
struct DescribesAnotherType {
  penstock::Metric<double> limit;
  static consteval auto describe() {
    return penstock::described(penstock::attributes::param("limit", &DescribesAnotherType::limit, 1.0, ""));
  }
  void process(penstock::Batch<Reading>&) {}
};

TEST(Conforms, IsFalseWhereTheExportWouldSayASentence) {
  EXPECT_FALSE((penstock::conforms<penstock::Stage, Misspelt>()));
  EXPECT_FALSE((penstock::conforms<penstock::Stage, Forgotten>()));
  EXPECT_FALSE((penstock::conforms<penstock::Stage, OtherwiseDerived>()));
  EXPECT_FALSE((penstock::conforms<penstock::Stage, SecretlyDerived>()));
  EXPECT_FALSE((penstock::conforms<penstock::Stage, DerivedFromTwo>()));
  EXPECT_FALSE((penstock::conforms<penstock::Stage, Private>()));
  EXPECT_FALSE((penstock::conforms<penstock::Stage, Overloaded>()));
  EXPECT_FALSE((penstock::conforms<penstock::Stage, ReturnsWrong>()));
  EXPECT_FALSE((penstock::conforms<penstock::Stage, TakesWrong>()));
  EXPECT_FALSE((penstock::conforms<penstock::Stage, FlushTakesWrong>()));
  EXPECT_FALSE((penstock::conforms<penstock::Stage, Seeks>()));
  EXPECT_FALSE((penstock::conforms<penstock::Stage, TakesACopy>()));
  EXPECT_FALSE((penstock::conforms<penstock::Stage, SecretlyFinal>()));
  EXPECT_FALSE((penstock::conforms<penstock::Stage, OverloadedBesideAMacro>()));
  EXPECT_FALSE((penstock::conforms<penstock::Stage, NeedsAnArgument>()));
  EXPECT_FALSE((penstock::conforms<penstock::Stage, CannotBeDestroyed>()));
  EXPECT_FALSE((penstock::conforms<penstock::Stage, BadParameter>()));
  EXPECT_FALSE((penstock::conforms<penstock::Stage, BadMetric>()));
  EXPECT_FALSE((penstock::conforms<penstock::Stage, BadRecord>()));
  EXPECT_FALSE((penstock::conforms<penstock::Sink, Unknown>()));
  EXPECT_FALSE((penstock::conforms<penstock::Source, SaysNoColumns>()));
  EXPECT_FALSE((penstock::conforms<penstock::Stage, BadlyDescribed>()));
  EXPECT_FALSE((penstock::conforms<penstock::Stage, TooLate>()));
  EXPECT_FALSE((penstock::conforms<penstock::Stage, DescribesAnotherType>()));
}

}  // namespace
