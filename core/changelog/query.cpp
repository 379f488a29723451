#include "changelog/query.hpp"

#include <charconv>
#include <chrono>
#include <utility>

#include "changelog/chain_reader.hpp"
#include "changelog/dictionary.hpp"
#include "changelog/pending.hpp"

namespace penstock::changelog {
namespace {

using diagnostic::Code;
namespace fs = std::filesystem;

bool is_run(const Change& change, const std::string& wanted) {
  const std::string number = std::to_string(change.run_number);
  return wanted == change.run || wanted == number || wanted == change.run + "#" + number;
}

/** `rolling_average[1]` is a part of `rolling_average`. */
bool is_partition_of(const std::string& node, const std::string& wanted) {
  return node.size() > wanted.size() && node.starts_with(wanted) && node[wanted.size()] == '[';
}

bool matches(const Query& wanted, const Change& change) {
  if (change.sequence != 0 && change.sequence <= wanted.after) return false;
  if (wanted.since_ns && change.time_ns < *wanted.since_ns) return false;
  if (wanted.until_ns && change.time_ns >= *wanted.until_ns) return false;
  if (wanted.kind && change.kind != *wanted.kind) return false;
  if (wanted.node && change.node != *wanted.node && !is_partition_of(change.node, *wanted.node)) return false;
  if (wanted.metric && change.metric != *wanted.metric && change.label != *wanted.metric) return false;
  return !wanted.run || is_run(change, *wanted.run);
}

/** Nothing in the block can match, by its head alone. */
bool can_skip(const Query& wanted, const BlockHeader& header) {
  if (header.kind == BlockKind::definitions) return false;
  if (header.first_sequence + header.count <= wanted.after + 1) return true;
  if (wanted.since_ns && header.last_time_ns < *wanted.since_ns) return true;
  return wanted.until_ns && header.first_time_ns >= *wanted.until_ns;
}

/** Reads `count` digits. */
std::optional<int> take_number(std::string_view& text, std::size_t count) noexcept {
  int number = 0;
  if (text.size() < count) return std::nullopt;
  for (const char digit : text.substr(0, count)) {
    if (digit < '0' || digit > '9') return std::nullopt;
    number = number * 10 + (digit - '0');
  }
  text.remove_prefix(count);
  return number;
}

bool take(std::string_view& text, char wanted) noexcept {
  if (!text.starts_with(wanted)) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::optional<QueryResult> query(const fs::path& directory, const Query& wanted,
                                 const std::function<bool(const Change&)>& each, Diagnostics& found) {
  const PendingChanges rings(directory, found);
  auto segments = list_segments(directory, found);
  if (!segments) return std::nullopt;
  if (segments->empty()) {
    found.add({.code = Code::PS0601, .summary = "there is no change log here", .place = {.file = directory.string()}});
    return std::nullopt;
  }

  QueryResult result;
  bool is_asked_for_more = true;
  const auto pass = [&](const Change& change) {
    if (!matches(wanted, change)) return true;
    ++result.matched;
    is_asked_for_more = each(change);
    return is_asked_for_more;
  };
  Dictionary dictionary;
  ChainReader chain(std::move(*segments));
  while (const Block* block = chain.next(found)) {
    if (can_skip(wanted, block->header)) continue;
    bool is_malformed = false;  // which the chain has looked for
    (void)decode(block->header, block->payload, dictionary, pass, is_malformed);
    if (!is_asked_for_more) return result;
  }
  rings.report_unknown(chain.end(), found);
  dictionary.turn_to(chain.end().run);
  result.pending = rings.count_after(chain.end());
  rings.hand_out(chain.end(), dictionary, pass);
  return result;
}

std::optional<std::int64_t> parse_time(std::string_view text) noexcept {
  using namespace std::chrono;
  const auto year_number = take_number(text, 4);
  if (!year_number || !take(text, '-')) return std::nullopt;
  const auto month_number = take_number(text, 2);
  if (!month_number || !take(text, '-')) return std::nullopt;
  const auto day_number = take_number(text, 2);
  if (!day_number) return std::nullopt;
  const year_month_day date(year(*year_number), month(static_cast<unsigned>(*month_number)),
                            day(static_cast<unsigned>(*day_number)));
  // Nanoseconds in 64 bits reach from 1677 to 2262.
  if (!date.ok() || *year_number < 1678 || *year_number > 2261) return std::nullopt;
  nanoseconds time = sys_days(date).time_since_epoch();
  if (text.empty()) return time.count();

  if (!take(text, 'T') && !take(text, 't') && !take(text, ' ')) return std::nullopt;
  const auto hour = take_number(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
  const auto minute = take_number(text, 2);
  if (!minute || *minute > 59 || !take(text, ':')) return std::nullopt;
  const auto second = take_number(text, 2);
  if (!second || *second > 60) return std::nullopt;
  time += hours(*hour) + minutes(*minute) + seconds(*second);
  if (take(text, '.')) {
    std::int64_t unit = 100'000'000;
    auto digit = take_number(text, 1);
    if (!digit) return std::nullopt;
    for (; digit; digit = take_number(text, 1), unit /= 10) time += nanoseconds(*digit * unit);
  }
  if (text == "Z" || text == "z") return time.count();
  const bool is_east = text.starts_with('+');
  if (!take(text, '+') && !take(text, '-')) return std::nullopt;
  const auto zone_hour = take_number(text, 2);
  if (!zone_hour || *zone_hour > 23 || !take(text, ':')) return std::nullopt;
  const auto zone_minute = take_number(text, 2);
  if (!zone_minute || *zone_minute > 59 || !text.empty()) return std::nullopt;
  const nanoseconds zone = hours(*zone_hour) + minutes(*zone_minute);
  return (is_east ? time - zone : time + zone).count();
}

}  // namespace penstock::changelog
