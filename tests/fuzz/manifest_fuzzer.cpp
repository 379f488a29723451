// Reads any bytes as the manifest of a type, up to the first NUL, and what follows as its table of methods: a row on each line,
// `process`, `process!` for a NULL pointer, `?plant::Clamp::process` for a member that no code defines. Without a NUL the
// table is as declared. What must hold:
//   - what was refused has a reason, the reasons stay a page, and each can be shown;
//   - reading and judging twice gives the same;
//   - a manifest that was accepted is kept byte for byte, and, written anew from what was read, is read as the same;
//   - fewer lines declare no more;
//   - of a type that conforms every method that its interface demands can be called.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "plugin/check.hpp"
#include "plugin/interface.hpp"
#include "plugin/manifest_text.hpp"
#include "plugin/scalar.hpp"
#include "require.hpp"

namespace {

using namespace penstock::plugin;
using penstock::fuzz::require;
using penstock::fuzz::require_readable;
using penstock::fuzz::same;

const std::string file = "plugins/libfuzzed.so";
constexpr std::string_view type_name = "fuzzed";

std::string text_of(const Scalar& scalar) {
  return std::visit(
      [](const auto& value) -> std::string {
        using Type = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Type, std::string>) return value;
        if constexpr (std::is_same_v<Type, bool>) return value ? "true" : "false";
        if constexpr (std::is_arithmetic_v<Type> && !std::is_same_v<Type, bool>) {
          char digits[32];
          return {digits, std::to_chars(digits, digits + sizeof digits, value).ptr};
        }
      },
      scalar);
}

/** Writes a manifest from what was read of one. */
class Writer {
 public:
  static std::string write(const Manifest& manifest) {
    Writer writer;
    writer.head(manifest);
    for (const Method& method : manifest.methods)
      writer.line("method", method.name).field("signature", method.signature);
    for (const Parameter& parameter : manifest.parameters) writer.parameter(parameter);
    for (const Metric& metric : manifest.metrics) writer.metric(metric);
    for (const Column& column : manifest.columns) writer.column(column);
    return writer.text_ + '\n';
  }

 private:
  Writer& line(std::string_view kind, std::string_view name) {
    if (!text_.empty()) text_ += '\n';
    text_.append(kind).append(":").append(name);
    return *this;
  }
  Writer& field(std::string_view label, std::string_view value) {
    text_.append("\t").append(label).append(":").append(value);
    return *this;
  }
  Writer& text(std::string_view label, const std::string& value) { return value.empty() ? *this : field(label, value); }
  Writer& flag(std::string_view label, bool value) { return value ? field(label, "yes") : *this; }
  Writer& value(std::string_view label, const std::optional<Scalar>& scalar) {
    return scalar ? field(label, text_of(*scalar)) : *this;
  }

  void head(const Manifest& manifest) {
    constexpr std::string_view rows[] = {"same", "fewer", "any"}, states[] = {"serial", "keyed", "none"};
    line("penstock", "1").field("name", manifest.name);
    field("interface",
          std::string(name(manifest.interface)) + ' ' + penstock::plugin::text(manifest.interface_version));
    field("sdk", penstock::plugin::text(manifest.sdk)).text("class", manifest.class_name);
    if (manifest.interface == Interface::stage) field("rows", rows[static_cast<std::size_t>(manifest.rows)]);
    field("state", states[static_cast<std::size_t>(manifest.state)]).text("key", manifest.key);
    text("ordered", manifest.ordered_by).flag("deterministic", manifest.deterministic);
  }

  void parameter(const Parameter& one) {
    line("param", one.name).field("type", name(one.type)).flag("list", one.list).flag("required", one.required);
    flag("secret", one.secret).flag("reload", one.reloadable).value("default", one.initial);
    value("min", one.min).value("max", one.max);
    std::string choices;
    for (const std::string& choice : one.choices) choices += (choices.empty() ? "" : "|") + choice;
    text("choices", choices).text("unit", one.unit);
    text("example", one.example).text("doc", one.doc);
  }

  void metric(const Metric& one) {
    line("metric", one.name).field("type", name(one.type)).value("default", one.initial);
    value("min", one.min).value("max", one.max).flag("rising", one.never_decreasing);
    text("unit", one.unit).text("label", one.label).text("doc", one.doc);
  }

  void column(const Column& one) {
    constexpr std::string_view accesses[] = {"read", "write", "add"};
    line("column", one.name).field("access", accesses[static_cast<std::size_t>(one.access)]);
    text("type", one.type).flag("null", one.nullable).text("doc", one.doc);
  }

  std::string text_;
};

std::size_t declarations_in(const std::optional<Manifest>& manifest) {
  if (!manifest) return 0;
  return manifest->methods.size() + manifest->parameters.size() + manifest->metrics.size() + manifest->columns.size();
}

/** What a manifest says with the labels that are kept as they are written: `param:min` has a `unit`. */
std::set<std::string> statements_in(std::string_view text) {
  const std::map<std::string_view, std::set<std::string_view>> labels = {
      {"penstock", {"name", "interface", "sdk", "class", "key"}},
      {"method", {"signature"}},
      {"param", {"type", "min", "max", "unit", "example", "doc"}},
      {"metric", {"type", "min", "max", "unit", "label", "doc"}},
      {"column", {"doc"}}};
  Diagnostics found;
  ManifestFaults faults(type_name, file, found);
  std::set<std::string> statements;
  for (const ManifestLine& line : split_manifest(text, faults)) {
    const auto known = labels.find(line.kind());
    if (known == labels.end()) continue;
    for (const auto& [label, value] : line.fields)
      if (known->second.contains(label) && !value.empty())
        statements.insert(std::string(line.kind()) + ':' + std::string(line.name()) + ' ' + std::string(label));
  }
  return statements;
}

void require_text(std::string_view text) {
  std::string without_tabs(text);
  std::erase(without_tabs, '\t');
  penstock::fuzz::require_printable(without_tabs, true);
}

void write_and_read(const Manifest& manifest) {
  Diagnostics found;
  const std::string written = Writer::write(manifest);
  const auto again = parse_manifest(written, manifest.name, file, found);
  require(again.has_value(), "what was accepted and written anew is accepted", found);
  require(Writer::write(*again) == written, "what was written is what was read");
  require(statements_in(written) == statements_in(manifest.text), "what is said is read");
}

/** Its lines or pairs run into each other, or it has more faults than are told. */
bool may_be_torn(const Diagnostics& faults) {
  const auto names_a_separator = [](const auto& fault) {
    return std::ranges::any_of(fault.help, [](const std::string& help) { return help.starts_with("put a "); });
  };
  return faults.size() > ManifestFaults::most_faults || std::ranges::any_of(faults, names_a_separator);
}

void cut(std::string_view text, const std::optional<Manifest>& whole, const Diagnostics& faults) {
  Diagnostics found;
  const std::size_t end = text.rfind('\n', text.size() - std::min<std::size_t>(text.size(), 2));
  const auto fewer = read_manifest(text.substr(0, end == std::string_view::npos ? 0 : end + 1), type_name, file, found);
  require_readable(found);
  // A torn one declares nothing, and the line that is torn may be the one that is cut off.
  const bool is_torn = !whole && may_be_torn(faults);
  require(is_torn || declarations_in(fewer) <= declarations_in(whole), "fewer lines declare no more");
}

/** A table of methods as the reader of images hands it over. */
void read_rows(std::string_view text, InspectedType& type) {
  type.rows.emplace();
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.starts_with('?'))
      type.undefined.push_back(line.substr(1));
    else if (line.ends_with('!'))
      type.rows->push_back({.name = line.substr(0, line.size() - 1), .null = true});
    else if (type.rows->size() < most_rows)
      type.rows->push_back({.name = line.substr(0, longest_row_name)});
  }
}

void require_callable(const InspectedType& type) {
  for (const MethodRule& rule : methods_of(type.manifest->interface)) {
    if (!rule.required) continue;
    require(type.manifest->find_method(rule.name) != nullptr, "a conforming type declares what its interface demands");
    const auto row =
        std::find_if(type.rows->begin(), type.rows->end(), [&](const auto& one) { return one.name == rule.name; });
    require(row != type.rows->end() && !row->null, "a conforming type has what its interface demands");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const std::size_t nul = std::min(all.find('\0'), all.size());
  const std::string_view text = all.substr(0, nul);

  InspectedType type{.name = std::string(type_name)};
  type.manifest = read_manifest(text, type_name, file, type.faults);
  require(type.manifest || type.faults.has_errors(), "what was refused has a reason");
  require(type.faults.size() <= ManifestFaults::most_faults + 1, "the reasons stay a page");
  require_readable(type.faults);

  Diagnostics found;
  const auto accepted = parse_manifest(text, type_name, file, found);
  require(same(found, type.faults), "reading twice gives the same");
  require(accepted.has_value() != found.has_errors(), "accepted is what has no faults");
  if (accepted) {
    require(accepted->text == text, "what was accepted is kept byte for byte");
    require_text(text);
    write_and_read(*accepted);
  }
  cut(text, type.manifest, type.faults);

  if (nul < size) {
    read_rows(all.substr(nul + 1), type);
  } else if (type.manifest) {
    type.rows.emplace();
    for (const Method& method : type.manifest->methods) type.rows->push_back({.name = method.name});
  }
  const Diagnostics judgement = check(type, file);
  require_readable(judgement);
  require(same(judgement, check(type, file)), "judging twice gives the same");
  if (!judgement.has_errors()) require_callable(type);
  return 0;
}
