#include "plugin/manifest_text.hpp"

#include <algorithm>
#include <array>

#include "diagnostic/utf8.hpp"

namespace penstock::plugin {
namespace {

std::string line_name(std::uint32_t number) { return "line " + std::to_string(number); }

/** What people call the kind of a line: `parameter` for `param`. */
std::string owner_name(std::string_view kind) { return kind == "param" ? "parameter" : std::string(kind); }

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
  const auto malformed = [&](std::string expected, std::string found) {
    faults.report(Code::PS0301, "the manifest of type `" + std::string(faults.type()) + "` is malformed",
                  {line_name(line.number), std::move(expected), std::move(found)});
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
      malformed("each label once", '`' + std::string(field.substr(0, std::min<std::size_t>(colon, 80))) + "` twice");
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

}  // namespace

const std::string_view* ManifestLine::find(std::string_view label) const noexcept {
  const auto field = std::find_if(fields.begin(), fields.end(), [&](const auto& pair) { return pair.first == label; });
  return field == fields.end() ? nullptr : &field->second;
}

void ManifestFaults::report(Code code, std::string summary, Comparison comparison, std::string help) {
  if (++count_ > most_faults + 1) return;
  if (count_ > most_faults) {
    summary = "the manifest of type `" + std::string(type_) + "` has more faults";
    comparison = {};
    help = "mend the ones above first";
    code = Code::PS0301;
  }
  Diagnostic fault{.code = code, .summary = std::move(summary), .place = {.file = std::string(file_)}};
  fault.declaration = about_;
  if (comparison != Comparison{}) fault.comparisons.push_back(std::move(comparison));
  fault.help.push_back(help.empty() ? "change it where the type is declared, then rebuild" : std::move(help));
  found_.add(std::move(fault));
}

bool read_flag(const ManifestLine& line, std::string_view label, ManifestFaults& faults) {
  constexpr std::array<std::string_view, 5> words_for_no = {"false", "0", "off", "none", "No"};
  const std::string_view* value = line.find(label);
  if (value == nullptr || *value == "no") return false;
  if (*value == "yes") return true;
  const std::string flag(label);
  const bool is_no = std::find(words_for_no.begin(), words_for_no.end(), *value) != words_for_no.end();
  const std::string owner = line.kind() == "penstock"
                                ? ""
                                : owner_name(line.kind()) + " `" + std::string(line.name().substr(0, 128)) + "` of ";
  faults.report(
      Code::PS0303,
      "the flag `" + flag + "` of " + owner + "type `" + std::string(faults.type()) + "` is neither yes nor no",
      {flag, "`yes`, or `no` as without it", '`' + std::string(value->substr(0, 128)) + '`', line_name(line.number)},
      "write `" + flag + (is_no ? ":no` or leave it out" : ":yes`, or leave it out for no") + ", then rebuild");
  return false;
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
