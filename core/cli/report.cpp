#include "cli/report.hpp"

#include <cmath>
#include <string_view>

#include "cli/json.hpp"
#include "cli/table.hpp"

namespace penstock::cli {
namespace {

using diagnostic::printable;
using execution::NodeTotals;
using execution::Summary;

constexpr std::size_t indent = 2;

std::string_view name(execution::Outcome outcome) {
  switch (outcome) {
    case execution::Outcome::finished: return "finished";
    case execution::Outcome::stopped: return "stopped";
    case execution::Outcome::failed: break;
  }
  return "failed";
}

/** What became of the rows, in the order in which both forms tell it. */
constexpr struct {
  const char* name;
  std::uint64_t Summary::*rows;
} totals[] = {{"read", &Summary::read},
              {"emitted", &Summary::emitted},
              {"delivered", &Summary::delivered},
              {"filtered", &Summary::filtered},
              {"rejected", &Summary::rejected},
              {"absorbed", &Summary::absorbed},
              {"unacknowledged", &Summary::unacknowledged}};

std::uint64_t rows_per_second(const Summary& summary) {
  const double seconds = std::chrono::duration<double>(summary.elapsed).count();
  return seconds > 0 ? static_cast<std::uint64_t>(std::llround(static_cast<double>(summary.read) / seconds)) : 0;
}

std::string nodes_text(const Summary& summary) {
  Table table({Align::left, Align::left, Align::right, Align::right, Align::right, Align::right, Align::right});
  table.add({"NODE", "TYPE", "ROWS IN", "ROWS OUT", "BATCHES", "TIME", "P99"});
  for (const NodeTotals& node : summary.nodes)
    table.add({printable(node.node), printable(node.type), grouped(node.in), grouped(node.out), grouped(node.batches),
               duration_text(node.time), duration_text(node.latency.quantile(0.99))});
  return table.text(indent);
}

std::string totals_text(const RunReport& report) {
  const Summary& summary = *report.summary;
  Table table({Align::left, Align::right, Align::left});
  for (const auto& [name, rows] : totals)
    table.add({name, grouped(summary.*rows),
               rows == &Summary::read ? grouped(rows_per_second(summary)) + " rows per second" : ""});
  table.add({"keys", grouped(static_cast<std::uint64_t>(summary.keys)),
             "of at most " + grouped(static_cast<std::uint64_t>(summary.max_keys))});
  if (summary.latency.count() > 0)
    table.add({"latency", "",
               "p99 from arrival to sink " + duration_text(summary.latency.quantile(0.99)) + ", median " +
                   duration_text(summary.latency.quantile(0.5)) + ", longest " + duration_text(summary.latency.max())});
  if (report.changes) {
    table.add({"changes", grouped(report.changes->changes), "recorded in " + printable(report.change_log.string())});
  } else {
    table.add({"changes", "-", "not recorded: the change log is off"});
  }
  std::string out = table.text(indent);
  if (report.changes) out += "  head             " + report.changes->head + '\n';
  return out;
}

std::uint64_t ns(std::chrono::nanoseconds time) { return static_cast<std::uint64_t>(time.count()); }

std::string json_latency(const execution::Latency& latency) {
  return JsonObject()
      .number("p50_ns", ns(latency.quantile(0.5)))
      .number("p90_ns", ns(latency.quantile(0.9)))
      .number("p99_ns", ns(latency.quantile(0.99)))
      .number("max_ns", ns(latency.max()))
      .str();
}

std::string json_node(const NodeTotals& node) {
  return JsonObject()
      .text("node", node.node)
      .text("type", node.type)
      .number("in", node.in)
      .number("out", node.out)
      .number("passed", node.passed)
      .number("filtered", node.filtered)
      .number("rejected", node.rejected)
      .number("absorbed", node.absorbed)
      .number("emitted", node.emitted)
      .number("batches", node.batches)
      .number("time_ns", ns(node.time))
      .raw("latency", json_latency(node.latency))
      .str();
}

std::string json_summary(const Summary& summary) {
  JsonObject object;
  for (const auto& [name, rows] : totals) object.number(name, summary.*rows);
  return object.number("elapsed_ns", ns(summary.elapsed))
      .number("rows_per_second", rows_per_second(summary))
      .number("keys", static_cast<std::uint64_t>(summary.keys))
      .raw("latency", json_latency(summary.latency))
      .str();
}

std::string json_changes(const RunReport& report) {
  if (!report.changes) return "null";
  return JsonObject()
      .text("directory", report.change_log.string())
      .number("changes", report.changes->changes)
      .number("rejected", report.changes->rejected)
      .number("waits", report.changes->waits)
      .text("head", report.changes->head)
      .str();
}

}  // namespace

std::string report_text(const RunReport& report) {
  const Summary& summary = *report.summary;
  std::string heading = printable(report.pipeline) + ": " + std::string(name(summary.outcome)) + " after " +
                        duration_text(summary.elapsed);
  return heading + "\n\n" + nodes_text(summary) + '\n' + totals_text(report);
}

std::string report_json(const RunReport& report) {
  const bool ran = report.summary.has_value();
  return JsonObject()
             .number("format", json_format)
             .text("pipeline", report.pipeline)
             .text("outcome", ran ? name(report.summary->outcome) : "not started")
             .number("status", static_cast<std::uint64_t>(report.status))
             .raw("totals", ran ? json_summary(*report.summary) : "null")
             .raw("nodes", ran ? json_array(report.summary->nodes, json_node) : "[]")
             .raw("change_log", json_changes(report))
             .raw("diagnostics", json_array(report.found, diagnostic::render_json))
             .str() +
         '\n';
}

}  // namespace penstock::cli
