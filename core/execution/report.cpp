#include "execution/report.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "diagnostic/render.hpp"
#include "diagnostic/suggest.hpp"

namespace penstock::execution {
namespace {

using diagnostic::Code;
using diagnostic::Diagnostic;
using diagnostic::ticked;

constexpr std::size_t longest_raw = 200;  // bytes of a raw row that a message shows

std::string status_name(penstock_status status) {
  switch (status) {
    case PENSTOCK_OK: return "PENSTOCK_OK";
    case PENSTOCK_END: return "PENSTOCK_END";
    case PENSTOCK_STOP: return "PENSTOCK_STOP";
    case PENSTOCK_FAILED: return "PENSTOCK_FAILED";
    case PENSTOCK_RETRY: return "PENSTOCK_RETRY";
    case PENSTOCK_LOST: return "PENSTOCK_LOST";
    case PENSTOCK_REFUSED: return "PENSTOCK_REFUSED";
    default: return "the status " + std::to_string(status);
  }
}

bool is_listed(penstock_status status) { return status >= PENSTOCK_REFUSED && status <= PENSTOCK_STOP; }

/** From where a relative path is taken that `text` names in backticks and that is not there, and what to write if it is
 *  there as seen from the pipeline file; empty: `text` is about something else. */
std::string advise_on_start(const pipeline::NodePlan& node, std::string_view text) {
  const std::size_t begin = text.find('`'), end = text.find('`', begin + 1);
  if (end == std::string_view::npos) return {};
  const std::string_view named = text.substr(begin + 1, end - begin - 1);
  const auto path = std::ranges::find(node.relative_paths, named, &pipeline::RelativePath::absolute);
  std::error_code ignored;
  if (path == node.relative_paths.end() || std::filesystem::exists(path->absolute, ignored)) return {};
  const std::string where = ticked(path->written) + " is taken from where `penstock` was started";
  const std::filesystem::path beside = std::filesystem::path(node.place.file).parent_path();
  const std::filesystem::path other = (beside / path->written).lexically_normal();
  if (beside.empty() || !std::filesystem::exists(other, ignored)) return where;
  return where + ", and seen from the pipeline file there is one: write " + ticked(other.string()) + ", or start in " +
         ticked(beside.string());
}

/** People count from 1. */
std::string row_number(std::int64_t row) { return std::to_string(static_cast<std::uint64_t>(row) + 1); }

void note_where(Diagnostic& found, const Call& call) {
  const plugin::ExportedType& type = *call.node.type.type;
  std::string where = "type " + ticked(type.manifest.name) + " of " + type.library.string();
  if (call.sequence > 0)
    where += (plugin::is_given_batch(call.method) ? ", batch " : ", after batch ") + std::to_string(call.sequence);
  found.notes.push_back(std::move(where));
}

}  // namespace

void note_full_keys(Diagnostic& failure, std::int32_t keys) {
  failure.notes.push_back("the run has as many different keys as it may: " + std::to_string(keys) + ", by `max_keys`");
  failure.help.push_back("write `max_keys:` with a larger number in the pipeline file, beside `source:`");
}

Diagnostic failed(const Call& call, penstock_status status, const std::optional<pipeline::Failure>& said,
                  int attempts) {
  Diagnostic found{.code = Code::PS0501,
                   .summary = ticked(call.node.name) + " failed in " + ticked(call.method),
                   .place = call.node.place};
  if (said && !said->text.empty())
    found.summary += ": " + said->text;
  else
    found.summary += " with " + status_name(status) + " and gave no reason";
  note_where(found, call);
  if (std::string advice = said ? advise_on_start(call.node, said->text) : ""; !advice.empty())
    found.help.push_back(std::move(advice));
  if (said && said->where >= 0 && call.sequence > 0) found.notes.push_back("at row " + row_number(said->where));
  if (!is_listed(status) || status >= PENSTOCK_OK)
    found.notes.push_back(ticked(call.method) + " returned " + status_name(status) +
                          ", which is no answer to it: a bug of the plugin");
  if (status == PENSTOCK_RETRY) found.notes.push_back("tried " + std::to_string(attempts) + " times");
  if (status == PENSTOCK_LOST)
    found.notes.push_back("what it took since its last flush is gone; this version does not give it again");
  return found;
}

Diagnostic broke_contract(const Call& call, const std::string& what) {
  Diagnostic found{.code = Code::PS0502,
                   .summary = ticked(call.node.name) + " " + what + " in " + ticked(call.method),
                   .place = call.node.place};
  note_where(found, call);
  found.help.push_back("report it to the author of the plugin");
  return found;
}

Diagnostic no_memory(const Call& call) {
  Diagnostic found{.code = Code::PS0506,
                   .summary = "there is no memory for a batch at " + ticked(call.node.name),
                   .place = call.node.place};
  note_where(found, call);
  return found;
}

Diagnostic bad_row(const Call& call, std::int64_t row, std::string_view column, std::string_view place,
                   std::string_view reason, std::string_view raw) {
  Diagnostic found{.code = Code::PS0503, .summary = {}, .place = call.node.place};
  found.summary = ticked(call.node.name) + " rejected " +
                  (!place.empty() ? std::string(place)
                   : row >= 0     ? "row " + row_number(row) + " of batch " + std::to_string(call.sequence)
                                  : std::string("a row")) +
                  (column.empty() ? "" : ", column " + ticked(column)) +
                  (reason.empty() ? "" : ": " + std::string(reason));
  if (!raw.empty())
    found.notes.push_back("the row is " + diagnostic::printable(raw.substr(0, longest_raw)) +
                          (raw.size() > longest_raw ? " ... (" + std::to_string(raw.size()) + " bytes)" : ""));
  note_where(found, call);
  found.help.push_back("mend the row; `on_bad_row: reject` at the node would leave out all such rows, and count them");
  return found;
}

void advise_on_nulls(Diagnostic& bad_row, const std::string& column) {
  bad_row.help.push_back("nulls come through where the plugin takes them: in C++ " + ticked(column) +
                         " is then a `penstock::Nullable<T>`, and a row `r` has the value " +
                         ticked("r." + column + ".value") + " where " + ticked("r." + column + ".valid") + " is true");
}

Diagnostic not_drained(const Call& call, double seconds, std::uint64_t rows) {
  std::array<char, 32> text;
  std::snprintf(text.data(), text.size(), "%g", seconds);
  Diagnostic found{.code = Code::PS0504,
                   .summary = ticked(call.node.name) + " did not come to an end within " + text.data() +
                              " s of the request to stop; " + std::to_string(rows) + " rows were on their way",
                   .place = call.node.place};
  note_where(found, call);
  found.help.push_back("give it more time with `--drain-timeout`");
  return found;
}

Diagnostic does_not_add_up(const Ledger& ledger) {
  Diagnostic found{.code = Code::PS0507, .summary = "rows were lost or counted twice"};
  const auto rows = [](std::uint64_t count, const char* what) { return std::to_string(count) + ' ' + what; };
  found.comparisons.push_back({.subject = "rows",
                               .expected = rows(ledger.read, "read + ") + rows(ledger.emitted, "emitted"),
                               .found = rows(ledger.delivered, "delivered + ") + rows(ledger.filtered, "filtered + ") +
                                        rows(ledger.rejected, "rejected + ") + rows(ledger.absorbed, "absorbed + ") +
                                        rows(ledger.unacknowledged, "unacknowledged")});
  found.help.push_back("this is a bug of Penstock: report it to its authors, with the pipeline file");
  return found;
}

}  // namespace penstock::execution
