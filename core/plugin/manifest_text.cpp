#include "plugin/manifest_text.hpp"

#include <algorithm>

#include "diagnostic/suggest.hpp"
#include "diagnostic/utf8.hpp"

namespace penstock::plugin {
namespace {

std::string line_name(std::uint32_t number) { return "line " + std::to_string(number); }

/** The first byte of `line` that no text may hold; its size if all is well. Tabs separate, so they are no fault. */
std::size_t first_forbidden(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size()) {
    if (const char c = line[at]; (c >= ' ' && c < 0x7F) || c == '\t') {
      ++at;
      continue;
    }
    const auto decoded = diagnostic::decode_utf8(line.substr(at));
    const bool control = decoded.code_point < 0x20 || decoded.code_point == 0x7F ||
                         (decoded.code_point >= 0x80 && decoded.code_point < 0xA0);
    if (!decoded.valid || control) return at;
    at += decoded.length;
  }
  return at;
}

void split_fields(std::string_view text, ManifestLine& line, ManifestFaults& faults) {
  const auto malformed = [&](std::string expected, std::string found, std::string help = {}) {
    faults.report(Code::PS0301, "the manifest of type `" + std::string(faults.type()) + "` is malformed",
                  {line_name(line.number), std::move(expected), std::move(found)}, std::move(help));
  };
  constexpr std::size_t most_fields = 64;
  line.fields.reserve(std::min(static_cast<std::size_t>(std::ranges::count(text, '\t')) + 1, most_fields));
  while (true) {
    const std::size_t tab = std::min(text.find('\t'), text.size());
    const std::string_view field = text.substr(0, tab);
    const std::size_t colon = field.find(':');
    if (colon == std::string_view::npos || colon == 0) {
      malformed("pairs `label:value`, separated by tabs", '`' + std::string(field.substr(0, 80)) + '`');
    } else if (line.find(field.substr(0, colon)) != nullptr) {
      // Two lines in one: a value of the first has the beginning of the second at its end.
      std::string advice;
      for (const auto& [label, value] : line.fields)
        if (advice.empty()) advice = faults.advise_on_separator(value);
      malformed("each label once", '`' + std::string(field.substr(0, std::min<std::size_t>(colon, 80))) + "` twice",
                advice);
      if (!advice.empty()) return;
    } else if (line.fields.size() == most_fields) {
      malformed("at most " + std::to_string(most_fields) + " labels", "more");
      return;
    } else {
      line.fields.emplace_back(field.substr(0, colon), field.substr(colon + 1));
    }
    if (tab == text.size()) return;
    text.remove_prefix(tab + 1);
  }
}

/** The longest of `labels` that ends at the end of `text`; empty: none does. */
std::string_view label_at_end(std::string_view text, std::span<const std::string_view> labels) {
  std::string_view longest;
  for (const std::string_view label : labels)
    if (label.size() > longest.size() && text.ends_with(label)) longest = label;
  return longest;
}

/** The pairs that `value` runs on into: labels of the head line, then perhaps the beginning of the next line. Only a class has
 *  colons of its own, two at a time, and blanks: `plant::name::Clamp<unsigned int>`. */
void find_torn_pairs(std::string_view value, bool is_class, std::vector<std::string>& labels, std::string& next_line) {
  constexpr std::string_view line_kinds[] = {"method", "param", "metric", "column"};
  for (std::size_t colon = value.find(':'); colon != std::string_view::npos; colon = value.find(':', colon + 1)) {
    const std::string_view before = value.substr(0, colon);
    if (is_class && value.substr(colon).starts_with("::")) {
      ++colon;
      continue;
    }
    if (const std::string_view kind = label_at_end(before, line_kinds); !kind.empty()) {
      next_line = std::string(kind) + ':';
      return;
    }
    if (const std::string_view label = label_at_end(before, known_labels().front().labels); !label.empty())
      if (std::string one = std::string(label) + ':'; std::ranges::count(labels, one) == 0)
        labels.push_back(std::move(one));
  }
}

}  // namespace

std::optional<TornHead> find_torn_pairs(const ManifestLine& head) {
  std::optional<TornHead> torn;
  std::vector<std::string> labels;
  std::string next_line;
  for (const auto& pair : head.fields) {
    const auto& known = known_labels().front().labels;  // what the values of others look like is not known
    if (pair.first != "penstock" && std::ranges::find(known, pair.first) == known.end()) continue;
    find_torn_pairs(pair.second, pair.first == "class", labels, next_line);
    if (!labels.empty() && !torn) torn = TornHead{pair, {}};
  }
  if (torn)
    torn->advice = (labels.size() == 1 ? "put a tab before " : "put tabs before ") + diagnostic::list_of(labels) +
                   (next_line.empty() ? "" : ", and a newline before " + diagnostic::ticked(next_line)) +
                   ", then rebuild";
  return torn;
}

const std::string_view* ManifestLine::find(std::string_view label) const noexcept {
  const auto field = std::find_if(fields.begin(), fields.end(), [&](const auto& pair) { return pair.first == label; });
  return field == fields.end() ? nullptr : &field->second;
}

std::string ManifestFaults::advise_on_separator(std::string_view text, Text kind) {
  if (text.find(':') == std::string_view::npos) return {};  // as every good signature
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  std::size_t first = text.size();
  std::string advice;
  const auto look_for = [&](std::string_view name, const char* separator, bool ends_words) {
    const std::string begin = std::string(name) + ':';
    const std::size_t at = text.find(begin);
    if (at == 0 || at >= first || (!ends_words && is_letter(text[at - 1]))) return;
    first = at;
    advice = std::string("put a ") + separator + " before `" + begin + "`, then rebuild";
  };
  for (const auto& [line, labels] : known_labels()) {
    look_for(line, "newline", true);
    for (const std::string_view label : labels) look_for(label, "tab", kind == Text::name);
  }
  is_torn_ = is_torn_ || !advice.empty();
  return advice;
}

void ManifestFaults::report(Code code, std::string summary, Comparison comparison, std::string help) {
  if (++count_ > most_faults + 1) return;
  if (count_ > most_faults) {
    summary = "the manifest of type `" + std::string(type_) + "` has more faults";
    comparison = {};
    help = "mend the ones above first";
    code = Code::PS0301;
  }
  if (help.empty()) help = "change it where the type is declared, then rebuild";
  add({.code = code, .summary = std::move(summary), .help = {std::move(help)}}, std::move(comparison));
}

void ManifestFaults::warn(Code code, std::string summary, Comparison comparison, std::string help) {
  if (++warnings_ > most_faults) return;
  add({.code = code,
       .summary = std::move(summary),
       .help = {std::move(help)},
       .severity = diagnostic::Severity::warning},
      std::move(comparison));
}

void ManifestFaults::add(Diagnostic fault, Comparison comparison) {
  fault.place.file = file_;
  fault.declaration = about_;
  if (comparison != Comparison{}) fault.comparisons.push_back(std::move(comparison));
  found_.add(std::move(fault));
}

std::span<const LabelsOfKind> known_labels() noexcept {
  static constexpr std::string_view head[] = {"name",  "interface", "sdk",           "class",  "rows",
                                              "state", "key",       "deterministic", "ordered"};
  static constexpr std::string_view method[] = {"signature"};
  static constexpr std::string_view param[] = {"type",    "required", "default", "min",    "max",     "unit",
                                               "choices", "list",     "reload",  "secret", "example", "doc"};
  static constexpr std::string_view metric[] = {"type", "default", "min", "max", "rising", "label", "unit", "doc"};
  static constexpr std::string_view column[] = {"access", "type", "null", "doc"};
  static constexpr LabelsOfKind all[] = {
      {"penstock", head}, {"method", method}, {"param", param}, {"metric", metric}, {"column", column}};
  return all;
}

std::vector<ManifestLine> split_manifest(std::string_view text, ManifestFaults& faults) {
  std::vector<ManifestLine> lines;
  const std::string malformed = "the manifest of type `" + std::string(faults.type()) + "` is malformed";
  if (text.size() > longest_manifest) {
    faults.report(
        Code::PS0301, malformed,
        {"", "at most " + std::to_string(longest_manifest) + " bytes", std::to_string(text.size()) + " bytes"});
    return lines;
  }
  constexpr std::size_t usual_lines = 32;
  lines.reserve(usual_lines);
  std::uint32_t number = 0;
  while (!text.empty()) {
    ManifestLine line{.number = ++number};
    const std::size_t end = text.find('\n');
    const std::string_view bytes = text.substr(0, std::min(end, text.size()));
    if (end == std::string_view::npos) {
      faults.report(Code::PS0301, malformed, {line_name(number), "a newline at its end", "the end of the text"});
    } else if (const std::size_t bad = first_forbidden(bytes); bad < bytes.size()) {
      const bool is_utf8 = diagnostic::decode_utf8(bytes.substr(bad)).valid;
      faults.report(
          Code::PS0301, malformed,
          {line_name(number), "UTF-8 text without control bytes",
           (is_utf8 ? "a control byte at column " : "a byte that is not UTF-8 at column ") + std::to_string(bad + 1)},
          "remove the byte, then rebuild");
    } else if (!bytes.empty()) {
      split_fields(bytes, line, faults);
    }
    if (!line.fields.empty()) lines.push_back(std::move(line));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

}  // namespace penstock::plugin
