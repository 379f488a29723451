// load_dll THRESHOLD_FILTER: admits the library, loads its type, and lets it process a batch. Says on standard output what
// went wrong, and ends 1.
#include <penstock/abi.h>

#include <array>
#include <bitset>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <string>
#include <vector>

#include "diagnostic/render.hpp"
#include "plugin/gate.hpp"
#include "plugin/load.hpp"

namespace {

using namespace penstock;

/** What the instance says to its host. */
struct Heard {
  penstock_host host;  // first: a host function gets its address
  std::vector<std::uint64_t> dropped;
};

Heard& heard(const penstock_host* host) { return *reinterpret_cast<Heard*>(const_cast<penstock_host*>(host)); }

Heard make_host() {
  penstock_host host{};
  host.size = sizeof host;
  host.abi = PENSTOCK_ABI_VERSION;
  host.node = "filter";
  host.partitions = host.threads = 1;
  host.record = [](const penstock_host* self, std::uint32_t metric, std::uint64_t, std::uint64_t after, std::uint32_t) {
    if (metric == 0) heard(self).dropped.push_back(after);
  };
  host.fail = [](const penstock_host*, penstock_status status, std::int64_t, const char* text) {
    std::printf("the plugin says: %s\n", text);
    return status;
  };
  return {host, {}};
}

bool expect(bool holds, const char* what) {
  if (!holds) std::printf("not so: %s\n", what);
  return holds;
}

bool process(const plugin::MethodTable& methods) {
  Heard said = make_host();
  void* const instance = methods.create(&said.host);
  const std::array<penstock_value, 2> bounds = {penstock_value{.f64 = 0}, penstock_value{.f64 = 100}};
  std::array<double, 4> readings = {20.5, -1, 100, std::numeric_limits<double>::quiet_NaN()};
  penstock_column column{};
  column.values = readings.data();
  std::uint64_t keep = 0b1111;
  penstock_batch batch{};
  batch.size = sizeof batch;
  batch.rows = batch.capacity = readings.size();
  batch.column = &column;
  batch.keep = &keep;
  const bool well = expect(methods.configure(instance, bounds.data()) == PENSTOCK_OK, "it can be configured") &&
                    expect(methods.process(instance, &batch) == PENSTOCK_OK, "it processes a batch") &&
                    expect(keep == 0b0101, "it keeps the first and the third row") &&
                    expect(said.dropped == std::vector<std::uint64_t>{2}, "it records that it dropped two");
  methods.destroy(instance);
  return well;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  diagnostic::Diagnostics found;
  const plugin::Catalog catalog = plugin::admit({arguments[1]}, found);
  for (const plugin::RefusedType& refused : catalog.refused()) found.add(refused.reasons);
  const plugin::ExportedType* const type = catalog.find("threshold_filter");
  const auto loaded = type != nullptr ? plugin::load(*type, found) : std::nullopt;
  for (const auto& one : found) std::fputs(diagnostic::render_text(one).c_str(), stdout);
  return expect(loaded.has_value(), "the type is accepted and loaded") && process(loaded->methods) ? 0 : 1;
}
