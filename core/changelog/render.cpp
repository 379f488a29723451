#include "changelog/render.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <string_view>

#include "diagnostic/render.hpp"

namespace penstock::changelog {
namespace {

using diagnostic::json_string;
using diagnostic::printable;

template <class Number>
std::string shortest(Number number) {
  std::array<char, 32> text;
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}

std::string text(double number) {
  if (std::isnan(number)) return "nan";
  if (std::isinf(number)) return number < 0 ? "-inf" : "inf";
  return shortest(number);
}

void append_digits(std::string& text, std::int64_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  if (digits.size() < width) text.append(width - digits.size(), '0');
  text += digits;
}

void append_column(std::string& line, std::string_view text, std::size_t width) {
  line += text;
  if (text.size() < width) line.append(width - text.size(), ' ');
  line += "  ";
}

std::string json_value(const Value& value) {
  if (std::holds_alternative<std::monostate>(value)) return "null";
  if (const auto* held = std::get_if<std::string>(&value)) return json_string(*held);
  if (const auto* held = std::get_if<double>(&value); held != nullptr && !std::isfinite(*held))
    return json_string(text(*held));
  return value_text(value);
}

std::string run_text(const Change& change) { return change.run + "#" + std::to_string(change.run_number); }

std::string arrow(const Change& change) {
  return printable(value_text(change.old_value)) + " → " + printable(value_text(change.new_value));
}

}  // namespace

std::string value_text(const Value& value) {
  struct Text {
    std::string operator()(std::monostate) const { return "unset"; }
    std::string operator()(bool held) const { return held ? "true" : "false"; }
    std::string operator()(std::int64_t held) const { return std::to_string(held); }
    std::string operator()(std::uint64_t held) const { return std::to_string(held); }
    std::string operator()(double held) const { return text(held); }
    std::string operator()(const std::string& held) const { return held; }
  };
  return std::visit(Text(), value);
}

std::string time_text(std::int64_t time_ns) {
  using namespace std::chrono;
  // By hand, because the first day of all, as nanoseconds, lies before what 64 bits hold; a log may say anything.
  constexpr std::int64_t per_day = 86'400'000'000'000;
  const days day(time_ns / per_day - (time_ns % per_day < 0 ? 1 : 0));
  const year_month_day date{sys_days(day)};
  const hh_mm_ss clock(nanoseconds((time_ns % per_day + per_day) % per_day));
  std::string text;
  append_digits(text, int{date.year()}, 4);
  text += '-';
  append_digits(text, unsigned{date.month()}, 2);
  text += '-';
  append_digits(text, unsigned{date.day()}, 2);
  text += 'T';
  append_digits(text, clock.hours().count(), 2);
  text += ':';
  append_digits(text, clock.minutes().count(), 2);
  text += ':';
  append_digits(text, clock.seconds().count(), 2);
  if (const std::int64_t rest = clock.subseconds().count(); rest != 0) {
    text += '.';
    if (rest % 1'000'000 == 0)
      append_digits(text, rest / 1'000'000, 3);
    else if (rest % 1'000 == 0)
      append_digits(text, rest / 1'000, 6);
    else
      append_digits(text, rest, 9);
  }
  return text + 'Z';
}

std::string live_line(const Change& change) {
  std::string line = "[AUDIT] ";
  if (!change.node.empty()) line += printable(change.node) + ' ';
  line += printable(change.label);
  if (change.kind == Kind::lifecycle) return change.reason.empty() ? line : line + ": " + printable(change.reason);
  line += ": " + arrow(change);
  if (change.kind == Kind::rejected) line += " rejected";
  if (!change.reason.empty()) line += " (" + printable(change.reason) + ")";
  return line;
}

std::string column_heading() {
  std::string line;
  append_column(line, "seq", 9);
  append_column(line, "time", 30);
  append_column(line, "run", 20);
  append_column(line, "node", 18);
  append_column(line, "kind", 9);
  append_column(line, "metric", 30);
  return line + "old → new";
}

std::string column_line(const Change& change) {
  std::string line;
  append_column(line, change.sequence != 0 ? std::to_string(change.sequence) : "pending", 9);
  append_column(line, time_text(change.time_ns), 30);
  append_column(line, printable(run_text(change)), 20);
  append_column(line, printable(change.node), 18);
  append_column(line, name(change.kind), 9);
  append_column(
      line, printable(change.label == change.metric ? change.metric : change.label + " (" + change.metric + ")"), 30);
  if (change.kind != Kind::lifecycle) line += arrow(change);
  if (!change.reason.empty()) line += (change.kind != Kind::lifecycle ? "  " : "") + printable(change.reason);
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

std::string ndjson_line(const Change& change) {
  std::string line = "{\"seq\":" + (change.sequence != 0 ? std::to_string(change.sequence) : "null");
  const auto add = [&](std::string_view key, const std::string& json) {
    line.append(",\"").append(key).append("\":").append(json);
  };
  add("time", json_string(time_text(change.time_ns)));
  add("run", json_string(run_text(change)));
  add("node", json_string(change.node));
  add("metric", json_string(change.metric));
  add("label", json_string(change.label));
  add("kind", json_string(name(change.kind)));
  add("old", json_value(change.old_value));
  add("new", json_value(change.new_value));
  add("reason", json_string(change.reason));
  return line + '}';
}

}  // namespace penstock::changelog
