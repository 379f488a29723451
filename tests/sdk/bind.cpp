// Types whose columns are known at run time only.
#include <penstock/sdk.hpp>

#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

// A table whose header is a parameter: `name:type` with a blank between, `?` behind what may be null. Each row counts.
class TableSource {
  PENSTOCK_PARAM(std::vector<std::string>, header, "n:i64|sensor:key?|value:f64|ok:bool|when:time?", "its columns");
  PENSTOCK_PARAM(std::int64_t, rows, 3, "how many");
  PENSTOCK_PARAM(std::string, form, "rows", "how it fills them", one_of("rows", "columns", "wrong"));
  penstock::Host& host_;

 public:
  explicit TableSource(penstock::Host& host) : host_(host) {}

  void bind(penstock::NewColumns& out) {
    for (const std::string& one : *header) {
      const std::string name = one.substr(0, one.find(':')), type = one.substr(one.find(':') + 1);
      if (type == "i64")
        out.add<std::int64_t>(name);
      else if (type == "key?")
        out.add<penstock::Nullable<penstock::Key>>(name);
      else if (type == "f64")
        out.add<double>(name);
      else if (type == "bool")
        out.add<bool>(name);
      else if (type == "time?")
        out.add<penstock::Nullable<penstock::Time>>(name);
      else
        throw penstock::Refused("no type `" + type + "`");
    }
  }

  penstock::Generator stream(penstock::Output<>& out) {
    if (*form == "wrong") out.set(0, 1.5f);
    for (std::int64_t row = 0; row < rows; ++row) {
      if (*form == "columns") {
        out.column<std::int64_t>(0)[static_cast<std::size_t>(row)] = row;
        out.rows(static_cast<std::size_t>(row) + 1);
        continue;
      }
      for (std::size_t i = 0; i < out.columns().size(); ++i) set(out, i, row);
      out.push();
      if (out.full()) co_yield out;
    }
  }

 private:
  // An odd row has no value where it may be null, and leaves out what may not.
  void set(penstock::Output<>& out, std::size_t i, std::int64_t row) {
    const std::string_view type = out.columns().type(i);
    if (type == "i64") out.set(i, row);
    if (row % 2 == 1) return;
    if (type == "key") out.set(i, host_.intern("s" + std::to_string(row)));
    if (type == "f64") out.set(i, static_cast<double>(row) / 2);
    if (type == "bool") out.set(i, true);
    if (type == "time") out.set(i, penstock::Time{row});
  }
};

// For each f64 that comes, a column that says whether it is above the limit.
class Marker {
  PENSTOCK_PARAM(double, limit, 1.0, "above it a reading is high");
  std::vector<std::string> names_;

 public:
  void bind(const penstock::Schema& in, penstock::NewColumns& out) {
    names_.clear();
    for (const penstock::AnyColumn& column : in.columns())
      if (column.type() == "f64") {
        names_.push_back(column.name());
        out.add<bool>(column.name() + "_is_high");
      }
  }
  void process(penstock::Batch<>& batch) {
    for (const std::string& name : names_) {
      const auto value = batch.column<penstock::Nullable<double>>(name);
      const auto is_high = batch.added<bool>(name + "_is_high");
      for (std::size_t row = 0; row < batch.rows(); ++row) is_high.set(row, value[row].valid && *value[row] > limit);
    }
    batch.drop_unless([](std::size_t row) { return row != 1; });
  }
};

// Counts, under a name of the operator's.
class Summary {
  PENSTOCK_PARAM(std::string, column, "rows", "name of the count");
  struct In {
    PENSTOCK_READS(double, value, "the reading");
  };
  std::uint64_t rows_ = 0;

 public:
  void bind(const penstock::Schema& in, penstock::NewColumns& out) {
    out.add<std::uint64_t>(*column + "_of_" + in.columns()[0].name());
  }
  void process(const penstock::Batch<In>& in, penstock::Output<>&) { rows_ += in.rows(); }
  void flush(penstock::Output<>& out) {
    out.set(0, rows_);
    out.push();
  }
};

}  // namespace

PENSTOCK_EXPORT(Source, TableSource, table_source)
PENSTOCK_EXPORT(Stage, Marker, marker)
PENSTOCK_EXPORT(Stage, Summary, summary)
