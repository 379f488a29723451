// Each type twice: with macros, and without any; examples as values, and as texts; attributes that take nothing with their
// () and without. The manifests are to be the same.
#include <penstock/sdk.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace with_macros {
class Everything {
  PENSTOCK_PARAM(bool, flag, true, "a flag", example(false));
  PENSTOCK_PARAM(std::int64_t, whole, -40, "an integer", at_least(INT64_MIN), at_most(INT64_MAX), reloadable());
  PENSTOCK_METRIC(double, worst, "the worst", unit("K"), never_negative(), at_most(1e9));
  PENSTOCK_PARAM(std::uint64_t, natural, UINT64_MAX, "a natural number", at_least(1), example(UINT64_MAX));
  PENSTOCK_PARAM(double, real, 273.15, "a number", at_most(1e6), unit("K"), example(280.5));
  PENSTOCK_PARAM(penstock::Duration, pause, 1500ms, "a duration", at_least(1ms), example(90s));
  PENSTOCK_PARAM(std::string, mode, "fast", "a choice", one_of("fast", "exact"), example("exact"));
  PENSTOCK_PARAM(penstock::Path, file, penstock::required, "a path");
  PENSTOCK_PARAM(std::vector<std::string>, names, "a|b c", "a list", secret());
  PENSTOCK_METRIC(std::uint64_t, rows, "rows", label("rows_seen"), never_decreasing());
  struct Reading {
    PENSTOCK_READS(penstock::Key, sensor_id, "sensor");
    PENSTOCK_WRITES(double, value, "the reading");
    PENSTOCK_ADDS(penstock::Nullable<double>, twice, "null below 0");
  };

 public:
  void configure() {
    if (whole == 13) throw penstock::Refused(whole, "is unlucky");
  }
  void process(Reading& r) {
    ++rows;
    worst = r.value;
    r.twice = {2 * r.value, r.value >= 0};
  }
};
}  // namespace with_macros

namespace without_macros {
class Everything {
  penstock::Param<bool> flag;
  penstock::Param<std::int64_t> whole;
  penstock::Metric<double> worst;
  penstock::Param<std::uint64_t> natural;
  penstock::Param<double> real;
  penstock::Param<penstock::Duration> pause;
  penstock::Param<std::string> mode;
  penstock::Param<penstock::Path> file;
  penstock::Param<std::vector<std::string>> names;
  penstock::Metric<std::uint64_t> rows;
  struct Reading {
    const penstock::Key sensor_id;
    double value;
    penstock::Nullable<double> twice = {};

    static consteval auto describe() {
      using namespace penstock::attributes;
      return penstock::described(reads("sensor_id", &Reading::sensor_id, "sensor"),
                                 writes("value", &Reading::value, "the reading"),
                                 adds("twice", &Reading::twice, "null below 0"));
    }
  };

 public:
  static consteval auto describe() {
    using namespace penstock::attributes;
    using namespace std::chrono_literals;
    return penstock::described(
        param("flag", &Everything::flag, true, "a flag", example("false")),
        param("whole", &Everything::whole, -40, "an integer", at_least(INT64_MIN), at_most(INT64_MAX), reloadable),
        metric("worst", &Everything::worst, "the worst", unit("K"), never_negative, at_most(1e9)),
        param("natural", &Everything::natural, UINT64_MAX, "a natural number", at_least(1),
              example("18446744073709551615")),
        param("real", &Everything::real, 273.15, "a number", at_most(1e6), unit("K"), example("280.5")),
        param("pause", &Everything::pause, 1500ms, "a duration", at_least(1ms), example("90s")),
        param("mode", &Everything::mode, "fast", "a choice", one_of("fast", "exact"), example("exact")),
        param("file", &Everything::file, penstock::required, "a path"),
        param("names", &Everything::names, "a|b c", "a list", secret),
        metric("rows", &Everything::rows, "rows", label("rows_seen"), never_decreasing));
  }
  void configure() {
    if (whole == 13) throw penstock::Refused(whole, "is unlucky");
  }
  void process(Reading& r) {
    ++rows;
    worst = r.value;
    r.twice = {2 * r.value, r.value >= 0};
  }
};
}  // namespace without_macros

namespace {
// What its constructor does is known before what describe() says.
class Eager {
  penstock::Param<double> limit;
  penstock::Metric<std::int64_t> level;
  penstock::Host& host_;
  struct Reading {
    const double value;
    static consteval auto describe() {
      return penstock::described(penstock::attributes::reads("value", &Reading::value, "the reading"));
    }
  };

 public:
  static constexpr auto describe() {
    using namespace penstock::attributes;
    return penstock::described(param("limit", &Eager::limit, 1.5, "start of the level"),
                               metric("level", &Eager::level, "in the constructor", at_most(7)));
  }
  explicit Eager(penstock::Host& host) : host_(host) { level = host.partition() == 0 ? 7 : 8; }
  void process(const penstock::Batch<Reading>&) { host_.log(penstock::LogLevel::info, std::to_string(limit)); }
};
}  // namespace

PENSTOCK_EXPORT(Stage, with_macros::Everything, with_macros, stateless(), deterministic())
PENSTOCK_EXPORT(Stage, without_macros::Everything, without_macros, stateless, deterministic)
PENSTOCK_EXPORT(Stage, Eager, eager)
