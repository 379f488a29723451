#include "sample_log.hpp"

#include <bit>
#include <utility>

#include "changelog/node_info.hpp"
#include "changelog/payload.hpp"
#include "log_bytes.hpp"

namespace penstock::fuzz {

using namespace changelog;

namespace {

BlockHeader header_of(BlockKind kind, std::uint32_t run) {
  return {.kind = kind, .run = run, .first_time_ns = sample_time_ns, .last_time_ns = sample_time_ns};
}

/** A counter and, with a metric of each type and invariants, a filter. */
std::vector<NodeInfo> sample_nodes() {
  std::vector<NodeInfo> nodes;
  nodes.push_back({"counter", "counter", "libcounter.so", {{.name = "count", .label = "records_counted"}}});
  nodes.push_back({"filter[1]",
                   "filter",
                   "libfilter.so",
                   {{.name = "worst",
                     .label = "worst",
                     .unit = "degC",
                     .type = MetricType::f64,
                     .initial = std::bit_cast<std::uint64_t>(0.5),
                     .min = std::bit_cast<std::uint64_t>(0.0),
                     .max = std::bit_cast<std::uint64_t>(150.0)},
                    {.name = "depth",
                     .label = "depth",
                     .type = MetricType::i64,
                     .min = std::bit_cast<std::uint64_t>(std::int64_t{-5})},
                    {.name = "open", .label = "open", .type = MetricType::boolean, .max = 0},
                    {.name = "total", .label = "total", .max = 9, .never_decreasing = true}}});
  return nodes;
}

}  // namespace

std::string segment_block(std::uint64_t number, std::uint32_t run, const std::vector<RingRange>& rings) {
  Bytes payload;
  put(payload, number);
  return block(header_of(BlockKind::segment, run), payload, rings);
}

std::string definitions_block(std::uint32_t run) {
  Bytes payload;
  put_run(payload, "plant");
  std::uint32_t number = 0;
  for (NodeInfo& node : sample_nodes()) put_node(payload, {number++, std::move(node)});
  pad(payload);
  return block(header_of(BlockKind::definitions, run), payload);
}

std::string changes_block(const std::vector<Entry>& rows, const std::vector<RingRange>& rings, std::uint16_t flags) {
  BlockHeader header = header_of(BlockKind::changes, sample_run);
  header.flags = flags;
  header.count = static_cast<std::uint32_t>(rows.size());
  if (!rows.empty()) {
    header.first_time_ns = rows.front().time_ns;
    header.last_time_ns = rows.back().time_ns;
  }
  Bytes payload;
  for (const Entry& row : rows) put(payload, row);
  return block(header, payload, rings);
}

std::string texts_block(const std::vector<Change>& records, std::uint16_t flags) {
  BlockHeader header = header_of(BlockKind::texts, sample_run);
  header.flags = flags;
  header.count = static_cast<std::uint32_t>(records.size());
  Bytes payload;
  for (const Change& record : records) put_change(payload, record);
  pad(payload);
  return block(header, payload);
}

std::string close_block(std::uint64_t changes, std::uint32_t run, std::uint16_t flags) {
  BlockHeader header = header_of(BlockKind::close, run);
  header.flags = flags;
  Bytes payload;
  put(payload, CloseRecord{.changes = changes});
  return block(header, payload);
}

std::string sample_log(Progress progress) {
  std::string log = segment_block(1) + definitions_block();
  if (progress == Progress::begun || progress == Progress::recovered) {
    const std::uint16_t flags = progress == Progress::recovered ? flag_recovered : 0;
    log += changes_block({{sample_time_ns, 0, flag_first, 0, 0}, {sample_time_ns + 1, 0, 0, 0, 1}},
                         {{sample_ring(0), 0, 2}}, flags);
  }
  if (progress == Progress::recovered)
    log += texts_block({{.time_ns = sample_time_ns, .metric = "recovered", .kind = Kind::lifecycle}}, flag_recovered);
  if (progress == Progress::closed) log += close_block(0);
  return log;
}

}  // namespace penstock::fuzz
