#include "plugin/manifest.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "diagnostic/suggest.hpp"
#include "plugin/declarations.hpp"
#include "plugin/manifest_text.hpp"

namespace penstock::plugin {
namespace {

constexpr std::array interfaces = {std::string_view("Source"), std::string_view("Stage"), std::string_view("Sink")};

std::optional<Version> parse_version(std::string_view text) {
  Version version;
  const char* const end = text.data() + text.size();
  const auto [dot, major_error] = std::from_chars(text.data(), end, version.major);
  if (major_error != std::errc{} || dot == end || *dot != '.') return std::nullopt;
  const auto [last, minor_error] = std::from_chars(dot + 1, end, version.minor);
  if (minor_error != std::errc{} || last != end) return std::nullopt;
  return version;
}

std::string of_type(std::string_view what, const ManifestFaults& faults) {
  return std::string(what) + " of type `" + std::string(faults.type()) + '`';
}

/** @param correct  how the pair is written */
std::optional<Version> read_version(const ManifestLine& head, std::string_view label, std::string_view value,
                                    std::string_view correct, ManifestFaults& faults) {
  const auto version = parse_version(value);
  if (!version) {
    std::string advice = faults.advise_on_separator(value);
    if (advice.empty()) advice = "write `" + std::string(correct) + "`, then rebuild";
    faults.report(Code::PS0303, "the head line " + of_type("of the manifest", faults) + " has no valid version",
                  {std::string(label), "`major.minor`, such as `1.0`",
                   value.empty() ? "" : '`' + std::string(value) + '`', "line " + std::to_string(head.number)},
                  std::move(advice));
  }
  return version;
}

/** `Stage 1.0` */
bool read_interface(const ManifestLine& head, Manifest& manifest, ManifestFaults& faults) {
  const std::string_view* value = head.find("interface");
  if (value == nullptr || value->empty()) {
    faults.report(Code::PS0302, of_type("the manifest", faults) + " names no interface",
                  {"interface", "`Source`, `Stage` or `Sink` and a version, such as `Stage 1.0`", ""});
    return false;
  }
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto end = static_cast<std::size_t>(std::ranges::find_if_not(*value, is_letter) - value->begin());
  const auto known = choose(head, "interface", value->substr(0, end), interfaces, faults);
  const std::string correct = "interface:" + std::string(known ? interfaces[*known] : "Stage") + " 1.0";
  const bool is_apart = end == value->size() || (*value)[end] == ' ';
  const std::string_view behind = value->substr(std::min(end + 1, value->size()));
  const auto version = read_version(head, "interface", is_apart ? behind : *value, correct, faults);
  if (!known || !version) return false;
  manifest.interface = static_cast<Interface>(*known);
  manifest.interface_version = *version;
  return true;
}

/** Labels that say something about one interface only, and nothing about the others. */
void check_labels(const ManifestLine& head, const Manifest& manifest, ManifestFaults& faults) {
  constexpr std::array labels = {std::pair(std::string_view("rows"), Interface::stage),
                                 std::pair(std::string_view("ordered"), Interface::source)};
  for (const auto& [label, owner] : labels) {
    const std::string_view* value = head.find(label);
    if (value == nullptr || manifest.interface == owner) continue;
    faults.report(Code::PS0310,
                  of_type("the manifest", faults) + " has the label `" + std::string(label) + "`, which only a " +
                      std::string(name(owner)) + " has",
                  {std::string(label), "no such label of a " + std::string(name(manifest.interface)),
                   '`' + std::string(value->substr(0, longest_identifier)) + '`'},
                  "remove it, then rebuild");
  }
}

void read_choices(const ManifestLine& head, Manifest& manifest, ManifestFaults& faults) {
  constexpr std::array rows = {std::string_view("same"), std::string_view("fewer"), std::string_view("any")};
  constexpr std::array states = {std::string_view("serial"), std::string_view("keyed"), std::string_view("none")};
  if (const auto* value = head.find("rows"); value != nullptr && manifest.interface == Interface::stage)
    if (const auto known = choose(head, "rows", *value, rows, faults)) manifest.rows = static_cast<Rows>(*known);
  if (const auto* value = head.find("state"))
    if (const auto known = choose(head, "state", *value, states, faults)) manifest.state = static_cast<State>(*known);
  manifest.deterministic = read_flag(head, "deterministic", faults);
  if (const auto* value = head.find("class")) manifest.class_name = *value;
  if (const auto* value = head.find("key")) manifest.key = *value;
  if (const auto* value = head.find("ordered"); value != nullptr && manifest.interface == Interface::source)
    manifest.ordered_by = *value;
}

bool read_head(const ManifestLine& head, Manifest& manifest, ManifestFaults& faults) {
  if (const auto torn = head.kind() == "penstock" ? find_torn_pairs(head) : std::nullopt) {
    // All that seems to be wrong or missing behind it would be a fault of its own.
    faults.report(Code::PS0301, of_type("the manifest", faults) + " is malformed",
                  {"line " + std::to_string(head.number), "pairs `label:value`, separated by tabs",
                   '`' + std::string(torn->first.first) + ':' + std::string(torn->first.second.substr(0, 80)) + '`'},
                  torn->advice);
    return false;
  }
  if (head.kind() != "penstock" || head.name() != "1") {
    const bool is_of_later_version = head.kind() == "penstock" && !head.name().empty() &&
                                     head.name().find_first_not_of("0123456789") == std::string_view::npos;
    faults.report(Code::PS0301, of_type("the manifest", faults) + " does not begin as one",
                  {"line 1", "`penstock:1`",
                   '`' + std::string(head.kind().substr(0, 40)) + ':' + std::string(head.name().substr(0, 40)) + '`'},
                  is_of_later_version ? "rebuild it with the SDK of this version of Penstock"
                                      : "begin it with `penstock:1` and a tab, then rebuild");
    return false;
  }
  if (!is_identifier(manifest.name)) report_identifier("type", manifest.name, faults);
  if (const auto* value = head.find("name"); value == nullptr || *value != manifest.name) {
    faults.report(value == nullptr ? Code::PS0302 : Code::PS0303,
                  of_type("the manifest", faults) + " does not name its own type",
                  {"name", '`' + manifest.name + "`, as in the symbol `penstock_type_" + manifest.name + '`',
                   value == nullptr ? "" : '`' + std::string(value->substr(0, longest_identifier)) + '`'});
  }
  if (const auto* value = head.find("sdk"); value == nullptr) {
    faults.report(Code::PS0302, of_type("the manifest", faults) + " does not say for which SDK it was built",
                  {"sdk", "a version, such as `1.0`", ""});
  } else if (const auto version = read_version(head, "sdk", *value, "sdk:1.0", faults)) {
    manifest.sdk = *version;
  }
  if (!read_interface(head, manifest, faults)) return false;
  check_labels(head, manifest, faults);
  read_choices(head, manifest, faults);
  return true;
}

void read_method(const ManifestLine& line, Manifest& manifest, ManifestFaults& faults) {
  const std::string_view* signature = line.find("signature");
  if (signature == nullptr) {
    faults.report(Code::PS0302, of_type("method `" + std::string(line.name()) + '`', faults) + " has no signature",
                  {std::string(line.name()), "a signature, such as `(batch) -> status`", ""},
                  faults.advise_on_separator(line.name(), ManifestFaults::Text::name));
  }
  manifest.methods.push_back({std::string(line.name()), std::string(signature == nullptr ? "" : *signature)});
  if (signature == nullptr) return;
  if (std::string advice = faults.advise_on_separator(*signature); !advice.empty()) {
    faults.report(Code::PS0301, of_type("the manifest", faults) + " is malformed",
                  {"line " + std::to_string(line.number), "a signature alone", '`' + std::string(*signature) + '`'},
                  std::move(advice));
  }
}

/** The column that `label` names: of a source one that it makes, else one that comes, also by `column:*`. */
void need_column(const Manifest& manifest, const std::string& column, std::string_view label, ManifestFaults& faults) {
  const bool is_source = manifest.interface == Interface::source;
  std::vector<std::string> fitting;
  bool is_other = false;
  for (const Column& one : manifest.columns) {
    const bool fits = (one.access == Access::add) == is_source;
    if (fits && (one.name == column || is_every(one))) return;
    is_other = is_other || one.name == column;
    if (fits) fitting.push_back(one.name);
  }
  const std::string wanted = is_source ? "a column that it adds" : "a column that it reads or writes";
  const std::string all = fitting.empty() ? "" : ", here " + diagnostic::list_of(fitting, 4);
  if (column.empty()) {
    faults.report(Code::PS0308,
                  of_type("the head line of the manifest", faults) + " has `state:keyed` and names no key",
                  {std::string(label), wanted + all, ""},
                  "write `key:COLUMN` behind `state:keyed`, or another state, then rebuild");
    return;
  }
  std::string advice = "declare `" + column + "`" + (is_source ? " with `access:add`" : " with `access:read`") +
                       (label == "key" ? " and `type:key`" : "") + ", then rebuild";
  if (!diagnostic::near_names(column, fitting).empty()) advice = diagnostic::suggest(column, fitting);
  faults.report(Code::PS0308,
                is_other ? of_type("the `" + std::string(label) + '`', faults) + " names a column that it adds itself"
                         : of_type("the manifest", faults) + " does not declare the column that its `" +
                               std::string(label) + "` names",
                {std::string(label), wanted + all, '`' + column + '`'}, std::move(advice));
}

}  // namespace

const Method* Manifest::find_method(std::string_view method) const noexcept {
  const auto found =
      std::find_if(methods.begin(), methods.end(), [&](const Method& one) { return one.name == method; });
  return found == methods.end() ? nullptr : &*found;
}

const Parameter* Manifest::find_parameter(std::string_view parameter) const noexcept {
  const auto found =
      std::find_if(parameters.begin(), parameters.end(), [&](const Parameter& one) { return one.name == parameter; });
  return found == parameters.end() ? nullptr : &*found;
}

bool Manifest::takes_every_column() const noexcept { return std::any_of(columns.begin(), columns.end(), is_every); }

std::optional<Manifest> read_manifest(std::string_view text, std::string_view type, const std::string& file,
                                      Diagnostics& found) {
  ManifestFaults faults(type, file, found);
  Manifest manifest{.text = std::string(text.substr(0, longest_manifest)), .name = std::string(type)};
  const std::vector<ManifestLine> lines = split_manifest(text, faults);
  if (lines.empty() && !faults.any())
    faults.report(Code::PS0301, of_type("the manifest", faults) + " is empty", {"line 1", "`penstock:1`", ""});
  const bool head_is_lost = lines.empty() || lines.front().number > text.find_first_not_of('\n') + 1;
  if (head_is_lost || !read_head(lines.front(), manifest, faults)) return std::nullopt;

  UniqueNames names(faults);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const ManifestLine& line = lines[i];
    if (line.kind() == "penstock") {
      faults.report(Code::PS0305, of_type("the manifest", faults) + " has two head lines",
                    {"line " + std::to_string(line.number), "", "`penstock:`"});
    } else if (line.kind() == "method") {
      if (names.admit("method", line)) read_method(line, manifest, faults);
    } else if (line.kind() == "param") {
      if (names.admit("parameter", line)) manifest.parameters.push_back(read_parameter(line, faults));
    } else if (line.kind() == "metric") {
      if (names.admit("metric", line)) manifest.metrics.push_back(read_metric(line, faults));
    } else if (line.kind() == "column") {
      // What comes in and what is added are two name spaces: windows read a `sensor_id` and give one.
      const std::string_view* access = line.find("access");
      const bool is_added = access != nullptr && *access == "add";
      if (names.admit(is_added ? "added column" : "column", line))
        manifest.columns.push_back(read_column(line, manifest, faults));
    }
  }
  if (faults.is_torn()) return std::nullopt;
  if (manifest.state == State::keyed) need_column(manifest, manifest.key, "key", faults);
  if (!manifest.ordered_by.empty()) need_column(manifest, manifest.ordered_by, "ordered", faults);
  return manifest;
}

std::optional<Manifest> parse_manifest(std::string_view text, std::string_view type, const std::string& file,
                                       Diagnostics& found) {
  const std::size_t errors = found.errors();
  auto manifest = read_manifest(text, type, file, found);
  return found.errors() == errors ? std::move(manifest) : std::nullopt;
}

std::string_view name(Interface interface) noexcept { return interfaces[static_cast<std::size_t>(interface)]; }

std::string text(Version version) { return std::to_string(version.major) + '.' + std::to_string(version.minor); }

}  // namespace penstock::plugin
