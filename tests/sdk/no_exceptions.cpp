// Built with -fno-exceptions -fno-rtti: what would be thrown fails the call instead.
#include <penstock/sdk.hpp>

namespace {
class NoExceptions {
  PENSTOCK_PARAM(double, limit, 1.0, "largest value");
  PENSTOCK_METRIC(double, last, "last value", never_negative());
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };
  penstock::Host& host_;

 public:
  explicit NoExceptions(penstock::Host& host) : host_(host) {}
  void configure() {
    if (!(limit > 0)) host_.fail(penstock::Refused(limit, "must be above 0"));
  }
  bool process(const Reading& r) {
    last = r.value;
    return r.value <= limit;
  }
};

// Offers each reading to a metric, and goes on with those that it does not take.
class Trier {
  PENSTOCK_METRIC(double, highest, "highest value", never_decreasing());
  PENSTOCK_METRIC(std::uint64_t, lower, "readings below it", never_decreasing());
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
  void process(const Reading& r) {
    if (!highest.try_set(r.value)) ++lower;
  }
  void flush() {
    highest.reset();
    lower.reset();
  }
};

// Is not ready at its first call, and says so behind rows that it had emitted by then.
class Hesitant {
  struct In {
    PENSTOCK_READS(double, value, "the reading");
  };
  struct Out {
    PENSTOCK_ADDS(double, value, "the reading");
  };
  penstock::Host& host_;
  bool is_ready_ = false;

 public:
  explicit Hesitant(penstock::Host& host) : host_(host) {}
  void process(const penstock::Batch<In>& in, penstock::Output<Out>& out) {
    for (std::size_t row = 0; row < in.rows(); ++row) out.push({in.load(row).value});
    if (!is_ready_) host_.fail(penstock::Retry("not yet"));
    is_ready_ = true;
  }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Hesitant, hesitant)
PENSTOCK_EXPORT(Stage, NoExceptions, no_exceptions)
PENSTOCK_EXPORT(Stage, Trier, trier)
