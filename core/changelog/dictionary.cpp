#include "changelog/dictionary.hpp"

#include <cstring>
#include <utility>

#include "changelog/invariant.hpp"
#include "changelog/render.hpp"

namespace penstock::changelog {
namespace {

constexpr std::uint32_t most_nodes = 1u << 20;  // more is not a pipeline but a damaged number

}  // namespace

void Dictionary::begin_run(std::uint32_t number, std::string name) {
  run_number_ = number;
  run_name_ = std::move(name);
  nodes_.clear();
}

void Dictionary::add(NodeDefinition node) { nodes_.insert_or_assign(node.number, std::move(node.info)); }

void Dictionary::turn_to(std::uint32_t run) {
  if (run != run_number_) begin_run(run, {});
}

bool Dictionary::learn(const BlockHeader& header, std::span<const std::byte> payload,
                       const std::function<void(const NodeDefinition&)>& each) {
  turn_to(header.run);
  Cursor cursor(payload);
  while (cursor.left() > 0) {
    switch (cursor.take<std::uint8_t>()) {
      case 0: break;
      case tag_run: run_name_ = cursor.take_text(); break;
      case tag_node: {
        NodeDefinition node = cursor.take_node();
        if (cursor.failed() || node.number >= most_nodes) return false;
        if (each) each(node);
        add(std::move(node));
        break;
      }
      default: return false;
    }
  }
  return !cursor.failed();
}

void Dictionary::describe(const Entry& entry, Change& change) const {
  change.time_ns = entry.time_ns;
  change.run = run_name_;
  change.run_number = run_number_;
  change.kind = entry.has(flag_rejected) ? Kind::rejected : Kind::change;
  change.unaudited_write = entry.has(flag_unaudited_write);
  change.violation = entry.has(flag_violation);
  change.reason.clear();

  const auto node = nodes_.find(entry.node);
  const MetricInfo* metric = nullptr;
  if (node == nodes_.end()) {
    change.node = "#" + std::to_string(entry.node);
  } else {
    change.node = node->second.name;
    if (entry.index() < node->second.metrics.size()) metric = &node->second.metrics[entry.index()];
  }
  const MetricType type = metric != nullptr ? metric->type : MetricType::u64;
  change.old_value = entry.has(flag_first) ? Value() : value_of(type, entry.before);
  change.new_value = value_of(type, entry.after);
  if (metric == nullptr) {
    change.metric = change.label = "#" + std::to_string(entry.index());
    change.reason = node == nodes_.end() ? "the log does not define the node" : "the node declares no such metric";
    return;
  }
  change.metric = metric->name;
  change.label = metric->label;
  if (change.violation || change.kind == Kind::rejected)
    change.reason = broken_invariant(*metric, entry.before, entry.after);
  if (change.violation) change.reason.insert(0, "accepted by the plugin, but ");
  if (change.unaudited_write)
    change.reason += change.reason.empty() ? "unaudited write before" : "; unaudited write before";
}

bool decode(const BlockHeader& header, std::span<const std::byte> payload, Dictionary& dictionary,
            const std::function<bool(const Change&)>& each, bool& malformed) {
  dictionary.turn_to(header.run);
  payload = payload.subspan(header.ring_count * sizeof(RingRange));
  Change change;
  if (header.kind == BlockKind::definitions) {
    malformed |= !dictionary.learn(header, payload);
  } else if (header.kind == BlockKind::changes) {
    Cursor cursor(payload);
    if (payload.size() != header.count * sizeof(Entry)) malformed = true;
    for (std::uint32_t row = 0; row < header.count && !malformed; ++row) {
      dictionary.describe(cursor.take<Entry>(), change);
      change.sequence = header.first_sequence + row;
      if (!each(change)) return false;
    }
  } else if (header.kind == BlockKind::texts) {
    Cursor cursor(payload);
    for (std::uint32_t row = 0; row < header.count && !malformed; ++row) {
      change = cursor.take_change();
      malformed |= cursor.failed();
      if (malformed) break;
      change.run = dictionary.run_name();
      change.run_number = header.run;
      change.sequence = header.first_sequence + row;
      if (!each(change)) return false;
    }
  }
  return true;
}

}  // namespace penstock::changelog
