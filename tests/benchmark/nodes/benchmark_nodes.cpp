// The benchmark's own ends of the chain: a source of readings in memory and a sink that adds up.
#include <penstock/sdk.hpp>

#include <algorithm>
#include <cstring>

#include "heap.hpp"
#include "nodes/exchange.hpp"

namespace {

using penstock::bench::Exchange;

Exchange& exchange_at(std::uint64_t address) {
  if (address == 0) throw penstock::Failed("only the benchmark can run this node: it passes the address of its data");
  return *reinterpret_cast<Exchange*>(static_cast<std::uintptr_t>(address));
}

class MemorySource {
  PENSTOCK_PARAM(std::uint64_t, exchange, 0, "address of an Exchange of this process");

  struct Reading {
    PENSTOCK_ADDS(penstock::Key, sensor_id, "the sensor");
    PENSTOCK_ADDS(penstock::Time, timestamp, "when");
    PENSTOCK_ADDS(double, value, "the reading");
    PENSTOCK_ADDS(penstock::Key, unit, "its unit");
  };

 public:
  explicit MemorySource(penstock::Host& host) : host_(host) {}

  // The readings hold the codes already; this makes them known, in the order that gives these codes.
  void open() {
    for (std::size_t code = 0; code <= penstock::bench::sensors; ++code)
      if (host_.intern(penstock::bench::key_text(code)).code != static_cast<std::int32_t>(code))
        throw penstock::Failed("another node has interned keys before");
  }

  penstock::Generator stream(penstock::Output<Reading>& out) {
    const penstock::bench::ReadingsView in = exchange_at(exchange).readings;
    for (std::size_t first = 0; first < in.rows;) {
      const std::size_t rows = std::min(out.capacity(), in.rows - first);
      copy(out[&Reading::sensor_id], in.sensor_id + first, rows);
      copy(out[&Reading::timestamp], in.timestamp + first, rows);
      copy(out[&Reading::value], in.value + first, rows);
      copy(out[&Reading::unit], in.unit + first, rows);
      out.rows(rows);
      first += rows;
      co_yield out;
    }
  }

 private:
  template <class To, class From>
  static void copy(penstock::Column<To> to, const From* from, std::size_t rows) {
    static_assert(sizeof(To) == sizeof(From));
    std::memcpy(static_cast<void*>(to.data()), from, rows * sizeof(From));
  }

  penstock::Host& host_;
};

class SummingSink {
  PENSTOCK_PARAM(std::uint64_t, exchange, 0, "address of an Exchange of this process");

  struct Row {
    PENSTOCK_READS(penstock::Key, sensor_id, "the sensor");
    PENSTOCK_READS(penstock::Time, timestamp, "when");
    PENSTOCK_READS(double, value, "the reading");
    PENSTOCK_READS(penstock::Key, unit, "its unit");
    PENSTOCK_READS(penstock::Nullable<double>, normalized, "added up");
    PENSTOCK_READS(penstock::Nullable<double>, rolling_avg, "added up");
  };

 public:
  void consume(const penstock::Batch<Row>& batch) {
    Exchange& all = exchange_at(exchange);
    all.totals.add(batch.rows(), column(batch[&Row::normalized]), column(batch[&Row::rolling_avg]));
    if (all.watches_heap) all.most_heap_bytes = std::max(all.most_heap_bytes, penstock::bench::heap_bytes());
  }

 private:
  template <class C>
  static penstock::bench::Doubles column(C values) {
    return {values.data(), values.valid()};
  }
};

}  // namespace

PENSTOCK_EXPORT(Source, MemorySource, memory_source)
PENSTOCK_EXPORT(Sink, SummingSink, summing_sink)
