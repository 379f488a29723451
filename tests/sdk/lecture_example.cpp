// The class that the change log was made for: every assignment of its three metrics is recorded. It assigns per record, as
// the class it is taken from does; a stage in earnest assigns once a batch.
#include <penstock/sdk.hpp>

#include <cmath>

namespace {

double round_to_3(double x) { return std::round(x * 1000) / 1000; }

class PipelineMetrics {
  PENSTOCK_PARAM(bool, attempt_negative, false, "tries a negative latency at the end, which is rejected");
  PENSTOCK_METRIC(std::uint64_t, records_processed, "records processed", label("Records Processed"),
                  never_decreasing());
  PENSTOCK_METRIC(double, mean_latency_ms, "mean latency", label("Mean Latency"), unit("ms"), never_negative());
  PENSTOCK_METRIC(std::uint64_t, error_count, "errors", label("Error Count"), never_decreasing());
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
  void process(const Reading&) {
    records_processed = records_processed + 1;
    if (records_processed % 10 == 0) mean_latency_ms = round_to_3(static_cast<double>(records_processed) * 0.01);
  }

  void flush() {
    if (!attempt_negative) return;
    try {
      mean_latency_ms = -1.0;
    } catch (const penstock::InvariantBroken&) {
      // Refused and recorded as rejected; the value stands, and the work goes on.
    }
  }
};

}  // namespace

PENSTOCK_EXPORT(Stage, PipelineMetrics, lecture_cpp)
