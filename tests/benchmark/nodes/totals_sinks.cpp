// The ends of a run of `penstock run`: sinks that add up what comes and write the sums into a file, as JSON.
#include <penstock/sdk.hpp>

#include <cstdint>
#include <cstdio>
#include <string>

#include "totals.hpp"

namespace {

void write_into(const std::string& path, const char* text) {
  std::FILE* const file = std::fopen(path.c_str(), "w");
  if (file == nullptr) throw penstock::Failed(path + " cannot be written");
  std::fputs(text, file);
  std::fclose(file);
}

/** Readings as they come from a source. */
class ReadingTotals {
  PENSTOCK_PARAM(penstock::Path, into, penstock::required, "file to write", example("totals.json"));

  struct Reading {
    PENSTOCK_READS(penstock::Key, sensor_id, "the sensor");
    PENSTOCK_READS(penstock::Time, timestamp, "when");
    PENSTOCK_READS(penstock::Nullable<double>, value, "added up");
    PENSTOCK_READS(penstock::Nullable<penstock::Key>, unit, "its unit");
  };

 public:
  void consume(const penstock::Batch<Reading>& batch) {
    const double* const value = batch[&Reading::value].data();
    const penstock::Time* const time = batch[&Reading::timestamp].data();
    for (std::size_t row = 0; row < batch.rows(); ++row) value_ += value[row];
    for (std::size_t row = 0; row < batch.rows(); ++row) elapsed_ms_ += time[row].ns / 1'000'000 - 1'700'000'000'000;
    rows_ += batch.rows();
  }
  void close() {
    char text[160];
    std::snprintf(text, sizeof text, "{\"rows\": %llu, \"value\": %.17g, \"elapsed_ms\": %lld}\n",
                  static_cast<unsigned long long>(rows_), value_, static_cast<long long>(elapsed_ms_));
    write_into(*into, text);
  }

 private:
  std::uint64_t rows_ = 0;
  double value_ = 0;
  std::int64_t elapsed_ms_ = 0;
};

/** All six columns of the work. */
class WorkTotals {
  PENSTOCK_PARAM(penstock::Path, into, penstock::required, "file to write", example("totals.json"));

  struct Row {
    PENSTOCK_READS(penstock::Key, sensor_id, "the sensor");
    PENSTOCK_READS(penstock::Time, timestamp, "when");
    PENSTOCK_READS(penstock::Nullable<double>, value, "the reading");
    PENSTOCK_READS(penstock::Nullable<penstock::Key>, unit, "its unit");
    PENSTOCK_READS(penstock::Nullable<double>, normalized, "added up");
    PENSTOCK_READS(penstock::Nullable<double>, rolling_avg, "added up");
  };

 public:
  void consume(const penstock::Batch<Row>& batch) {
    totals_.add(batch.rows(), column(batch[&Row::normalized]), column(batch[&Row::rolling_avg]));
  }
  void close() {
    char text[160];
    std::snprintf(text, sizeof text, "{\"rows\": %llu, \"normalized\": %.17g, \"rolling_avg\": %.17g}\n",
                  static_cast<unsigned long long>(totals_.rows), totals_.normalized, totals_.rolling_avg);
    write_into(*into, text);
  }

 private:
  template <class C>
  static penstock::bench::Doubles column(C values) {
    return {values.data(), values.valid()};
  }

  penstock::bench::Totals totals_;
};

}  // namespace

PENSTOCK_EXPORT(Sink, ReadingTotals, reading_totals)
PENSTOCK_EXPORT(Sink, WorkTotals, work_totals)
