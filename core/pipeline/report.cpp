#include "pipeline/report.hpp"

#include <algorithm>
#include <utility>

#include "diagnostic/suggest.hpp"

namespace penstock::pipeline {

using diagnostic::Code;
using diagnostic::Diagnostic;

std::string text(const Place& place) {
  return place.file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

namespace {

std::vector<std::string> variables_of(const Value& value) {
  std::vector<std::string> variables = value.variables;
  for (const Value& item : value.items) variables.insert(variables.end(), item.variables.begin(), item.variables.end());
  return variables;
}

}  // namespace

std::string origin(const Value& value) {
  const std::vector<std::string> variables = variables_of(value);
  if (variables.empty()) return {};
  std::string listed = (variables.size() == 1 ? "environment variable " : "environment variables ") + variables[0];
  for (std::size_t i = 1; i < variables.size(); ++i)
    listed += (i + 1 == variables.size() ? " and " : ", ") + variables[i];
  return listed;
}

std::vector<std::string> origin_notes(const Value& value) {
  const std::string from = origin(value);
  return from.empty() ? std::vector<std::string>{} : std::vector<std::string>{"the value is from " + from};
}

std::string shown(const Value& value) {
  std::string references;
  for (const std::string& variable : variables_of(value)) references += "${" + variable + "}";
  return references.empty() ? value.text : references;
}

std::string_view kind_of(const Value& value) noexcept {
  if (value.is_missing()) return "nothing";
  switch (value.kind) {
    case Value::Kind::list: return "a list";
    case Value::Kind::mapping: return "a mapping";
    case Value::Kind::scalar: break;
  }
  return "a word";
}

void report_unknown_key(const std::string& key, const std::string& owner, const Place& place,
                        std::span<const std::string> known, Diagnostics& found) {
  Diagnostic fault{.code = Code::PS0405, .summary = owner + " has no key `" + key + "`", .place = place};
  fault.notes.push_back("known are " + list_of(known));
  const bool is_near = !diagnostic::near_names(key, known).empty();
  fault.help.push_back(is_near ? diagnostic::suggest(key, known) : "remove it, or write one of these");
  found.add(std::move(fault));
}

void report_wrong(const Entry& entry, std::string expected, std::string help, Diagnostics& found) {
  if (entry.value.is_unknown) return;
  const bool is_word = entry.value.kind == Value::Kind::scalar && !entry.value.is_missing();
  found.add({.code = Code::PS0406,
             .summary = "`" + entry.key + "` has a wrong value",
             .place = entry.value.place,
             .comparisons = {{entry.key, std::move(expected),
                              is_word ? shown(entry.value) : std::string(kind_of(entry.value))}},
             .notes = origin_notes(entry.value),
             .help = {std::move(help)}});
}

std::string advice_or(const std::string& advice, const Entry& entry, std::string otherwise) {
  return advice.empty() || !origin(entry.value).empty() ? std::move(otherwise) : advice;
}

void report_later(const Entry& entry, Diagnostics& found) {
  found.add({.code = Code::PS0404,
             .summary = "`" + entry.key + "` is not supported by this version",
             .place = entry.place,
             .help = {entry.key == "nodes" ? "write `source:`, `stages:` and `sink:`" : "remove it"}});
}

const std::string* word(const Entry& entry, std::string_view example, Diagnostics& found) {
  if (entry.value.kind == Value::Kind::scalar && !entry.value.is_missing() && !entry.value.text.empty())
    return &entry.value.text;
  report_wrong(entry, "a word", "write `" + entry.key + ": " + std::string(example) + "`", found);
  return nullptr;
}

std::string suggest_from_part(const std::string& name, const std::vector<std::string>& known) {
  constexpr std::size_t shortest = 3, most = 4;
  if (!diagnostic::near_names(name, known).empty()) return diagnostic::suggest(name, known);
  if (name.size() < shortest) return {};
  std::string listed;
  std::size_t count = 0;
  for (const std::string& one : known)
    if (one.find(name) != std::string::npos && ++count <= most)
      listed += (listed.empty() ? "" : " or ") + diagnostic::ticked(one);
  return count == 0 || count > most ? "" : "did you mean " + listed + "?";
}

Diagnostics bounded(const Diagnostics& found) {
  const auto shorten = [](std::string& text) {
    if (text.size() <= longest_text) return;
    std::size_t end = longest_text;
    while ((static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;  // between two characters
    const std::size_t left_out = text.size() - end;
    text.resize(end);
    text += "... and " + std::to_string(left_out) + " bytes more";
  };
  Diagnostics shown;
  std::size_t errors = 0;
  for (Diagnostic one : found) {
    const bool is_error = one.severity == diagnostic::Severity::error;
    if (is_error && ++errors > most_errors) continue;
    shorten(one.summary);
    for (diagnostic::Comparison& comparison : one.comparisons) {
      shorten(comparison.subject);
      shorten(comparison.expected);
      shorten(comparison.found);
    }
    for (std::string& note : one.notes) shorten(note);
    for (std::string& help : one.help) shorten(help);
    if (is_error && errors == most_errors && found.errors() > most_errors)
      one.notes.push_back("and " + std::to_string(found.errors() - most_errors) + " more errors are not shown");
    shown.add(std::move(one));
  }
  return shown;
}

bool is_misspelt_among(std::string_view name, std::span<const std::string> unknown) {
  return !diagnostic::near_names(name, unknown).empty();
}

}  // namespace penstock::pipeline
