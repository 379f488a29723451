// Reads any bytes as a pipeline file and what a command line adds to it. Lines of `@@` part them: the file, the environment
// (`NAME=VALUE` on each line), the settings (`NODE.PARAM=VALUE`), a type that replaces the sink. What must hold:
//   - nothing is understood without a file that can be parsed, and what was not has a reason; each reason can be shown, and
//     what is shown of all of them stays a few pages;
//   - reading twice gives the same;
//   - a file without faults, written anew from what was read, is read as the same;
//   - a value that a parameter takes, written as people read it, is taken as the same;
//   - what is said of a secret does not say the secret.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "diagnostic/utf8.hpp"
#include "pipeline/describe.hpp"
#include "pipeline/environment.hpp"
#include "pipeline/evaluate.hpp"
#include "pipeline/output_files.hpp"
#include "pipeline/parse.hpp"
#include "pipeline/partition.hpp"
#include "pipeline/report.hpp"
#include "pipeline/resolve.hpp"
#include "pipeline/secrets.hpp"
#include "pipeline/value.hpp"
#include "pipeline/wire.hpp"
#include "plugin/manifest.hpp"
#include "require.hpp"

namespace {

using namespace penstock::pipeline;
using penstock::diagnostic::Code;
using penstock::diagnostic::Diagnostic;
using penstock::fuzz::require;
using penstock::fuzz::require_readable;
using penstock::fuzz::same;
namespace plugin = penstock::plugin;

const std::string file = "fuzzed.yaml";
const std::string secret_variable = "KEPT", secret = "kept-9c41f0";

constexpr std::string_view manifests[] = {
    "penstock:1\tname:csv_reader\tinterface:Source 1.0\tsdk:1.0\n"
    "param:path\ttype:path\trequired:yes\texample:readings.csv\tdoc:the file to read\n"
    "param:unit\ttype:text\tdefault:\tdoc:the unit of every reading\n"
    "param:null\ttype:text\tlist:yes\tdefault:a|b\n"
    "param:token\ttype:text\tdefault:\tsecret:yes\n"
    "param:pin\ttype:u64\tdefault:0\tmax:9999\tsecret:yes\n"
    "param:words\ttype:text\tlist:yes\tsecret:yes\n"
    "param:header\ttype:bool\tdefault:true\n"
    "param:quote\ttype:choice\tdefault:double\tchoices:double|single|none\n"
    "param:wait\ttype:duration\tdefault:1000000\tmin:0\tmax:60000000000\n"
    "column:sensor_id\taccess:add\ttype:key\ncolumn:value\taccess:add\ttype:f64\tnull:yes\n",
    "penstock:1\tname:threshold_filter\tinterface:Stage 1.0\tsdk:1.0\trows:fewer\tstate:none\n"
    "param:min\ttype:f64\tdefault:-1e308\tunit:degC\tdoc:lowest value kept\n"
    "param:max\ttype:f64\tdefault:1e308\tmax:1e308\tunit:degC\n"
    "param:shift\ttype:i64\tdefault:0\tmin:-100\n"
    "column:value\taccess:read\ttype:f64\tnull:yes\n",
    "penstock:1\tname:rolling_average\tinterface:Stage 1.0\tsdk:1.0\trows:same\tstate:keyed\tkey:sensor_id\n"
    "param:window\ttype:u64\trequired:yes\tmin:1\tmax:1000000\tdoc:readings averaged\n"
    "column:sensor_id\taccess:read\ttype:key\ncolumn:value\taccess:read\ttype:f64\n"
    "column:rolling_avg\taccess:add\ttype:f64\tnull:yes\n",
    "penstock:1\tname:file_writer\tinterface:Sink 1.0\tsdk:1.0\n"
    "param:path\ttype:path\tdefault:-\ncolumn:*\taccess:read\n"};

plugin::Manifest read_one(std::string_view text) {
  const std::size_t begin = text.find("name:") + 5;
  Diagnostics faults;
  auto manifest = plugin::parse_manifest(text, text.substr(begin, text.find('\t', begin) - begin), "fuzzed", faults);
  require(manifest.has_value(), "the manifests of the catalog have no faults", faults);
  return std::move(*manifest);
}

/** Types of each interface; one with a warning, one for another system, one that was refused, and what else is found. */
plugin::Catalog make_catalog() {
  plugin::Catalog catalog;
  Diagnostics warnings, reasons;
  warnings.add({.code = Code::PS0207,
                .summary = "a method that no one will call",
                .severity = penstock::diagnostic::Severity::warning});
  reasons.add({.code = Code::PS0201, .summary = "type `broken` does not conform"});
  for (const std::string_view text : manifests) {
    plugin::Manifest manifest = read_one(text);
    const bool is_doubtful = manifest.name == "rolling_average";
    catalog.add({.manifest = std::move(manifest),
                 .library = "libfuzzed.so",
                 .warnings = is_doubtful ? warnings : Diagnostics()});
  }
  plugin::Manifest elsewhere = read_one(manifests[1]);
  elsewhere.name = "kalman";
  catalog.add({.manifest = std::move(elsewhere), .library = "kalman.dll", .built_for = "Windows x86-64"});
  catalog.refuse({.name = "broken", .library = "libbroken.so", .reasons = reasons});
  catalog.refuse({.name = {}, .library = "libcut.so", .reasons = reasons});
  catalog.pass_by("libother.so");
  return catalog;
}

/** No plugin is loaded, so none is given a host. */
class NoHosts final : public NodeHosts {
 public:
  const penstock_host& add(const std::string&, const plugin::ExportedType&, Partition) override { std::abort(); }
  void keep_secrets(const penstock_host&, std::vector<std::string>) override { std::abort(); }
  void parameter(const ParameterValue&) override { std::abort(); }
  std::optional<Failure> take_failure(const penstock_host&) override { std::abort(); }
};

struct Input {
  std::string_view text;
  Environment environment = {{secret_variable, secret}};
  std::vector<std::string> sets = {};
  std::optional<std::string> sink = {};
};

std::string_view take_up_to(std::string_view& text, std::string_view mark) {
  const std::size_t end = std::min(text.find(mark), text.size());
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(std::min(end + mark.size(), text.size()));
  return taken;
}

Input read_input(std::string_view rest) {
  constexpr std::string_view mark = "\n@@\n";
  Input input;
  input.text = take_up_to(rest, mark);
  for (std::string_view lines = take_up_to(rest, mark); !lines.empty();) {
    std::string_view line = take_up_to(lines, "\n");
    const std::string_view name = take_up_to(line, "=");
    input.environment.emplace(name, line);
  }
  for (std::string_view lines = take_up_to(rest, mark); !lines.empty();)
    input.sets.emplace_back(take_up_to(lines, "\n"));
  if (!rest.empty()) input.sink = rest;
  return input;
}

struct Reading {
  std::optional<Value> written;   ///< as parsed
  std::optional<Value> expanded;  ///< with the environment
  Draft draft = {};
  Diagnostics found = {};
};

Reading read(const Input& input, const plugin::Catalog& catalog) {
  Reading reading;
  Diagnostics& found = reading.found;
  reading.written = parse(input.text, file, found);
  if (!reading.written) return reading;
  reading.expanded = reading.written;
  expand(*reading.expanded, input.environment, found);
  reading.draft = describe(*reading.expanded, file, input.sink, found);
  std::vector<Node>& nodes = reading.draft.nodes;
  resolve(nodes, catalog, found);
  add_settings(input.sets, nodes, found);
  evaluate(nodes, found);
  check_output_files(nodes, file, "fuzzed.changes", found);
  NoHosts hosts;
  wire(nodes, catalog, hosts, found);
  if (!found.has_errors()) (void)find_region(reading.draft, 4, found);
  return reading;
}

void require_short(const Diagnostics& found) {
  const auto is_short = [](const std::string& text) { return text.size() <= longest_text + 64; };
  const Diagnostics shown = bounded(found);
  require_readable(shown);
  require(shown.errors() <= most_errors, "what is shown stays a few pages");
  for (const Diagnostic& one : shown) {
    require(is_short(one.summary), "a summary is short");
    require(std::ranges::all_of(one.notes, is_short) && std::ranges::all_of(one.help, is_short), "a remark is short");
  }
}

/** Writes YAML in which nothing can be taken for anything else. */
std::string write_text(std::string_view text) {
  std::string written = "\"";
  while (!text.empty()) {
    const auto decoded = penstock::diagnostic::decode_utf8(text);
    require(decoded.valid, "what YAML holds is UTF-8");
    char escape[16];
    std::snprintf(escape, sizeof escape, "\\U%08X", static_cast<unsigned>(decoded.code_point));
    written += escape;
    text.remove_prefix(decoded.length);
  }
  return written + '"';
}

std::string write_value(const Value& value) {
  std::string written;
  switch (value.kind) {
    case Value::Kind::scalar: return value.is_missing() ? "~" : write_text(value.text);
    case Value::Kind::list:
      for (const Value& item : value.items) written += write_value(item) + ", ";
      return "[" + written + "]";
    case Value::Kind::mapping:
      for (const Entry& entry : value.entries)
        written += "? " + write_text(entry.key) + " : " + write_value(entry.value) + ", ";
      return "{" + written + "}";
  }
  return {};
}

bool is_same(const Value& one, const Value& other) {
  return one.kind == other.kind && one.is_missing() == other.is_missing() &&
         (one.is_missing() || one.text == other.text) && std::ranges::equal(one.items, other.items, is_same) &&
         std::ranges::equal(one.entries, other.entries,
                            [](const Entry& a, const Entry& b) { return a.key == b.key && is_same(a.value, b.value); });
}

bool has_each_key_once(const Value& value) {
  std::set<std::string_view> keys;
  return std::ranges::all_of(value.items, has_each_key_once) &&
         std::ranges::all_of(value.entries, [&](const Entry& entry) {
           return keys.insert(entry.key).second && has_each_key_once(entry.value);
         });
}

void write_and_parse(const Value& value) {
  Diagnostics found;
  const auto again = parse(write_value(value), file, found);
  require(again && !found.has_errors(), "a file without faults and written anew has none", found);
  require(is_same(*again, value), "what was written is what was read");
}

Value quoted(std::string text) {
  Value value;
  value.text = std::move(text);
  value.quoted = true;
  return value;
}

void write_and_evaluate(const Argument& argument) {
  Value written;
  if (const auto* texts = std::get_if<std::vector<std::string>>(&argument.content)) {
    written.kind = Value::Kind::list;
    for (const std::string& text : *texts) written.items.push_back(quoted(text));
  } else {
    written = quoted(canonical(*argument.declared, argument.content));
  }
  Refusal refusal;
  const auto again = read_value(*argument.declared, written, refusal);
  require(again.has_value(), "a value that was taken and written anew is taken");
  require(*again == argument.content, "the value that was written is the one that was read");
  require(canonical(*argument.declared, *again) == canonical(*argument.declared, argument.content),
          "the same value is shown the same");
}

std::size_t count(std::string_view text, std::string_view wanted) {
  std::size_t number = 0;
  for (std::size_t at = text.find(wanted); at != std::string_view::npos; at = text.find(wanted, at + 1)) ++number;
  return number;
}

std::size_t secrets_in(const Value& value) {
  std::size_t number = count(value.text, secret);
  for (const Value& item : value.items) number += secrets_in(item);
  for (const Entry& entry : value.entries) number += secrets_in(entry.value);
  return number;
}

void require_silence(const Input& input, const Reading& reading) {
  std::size_t everywhere = secrets_in(*reading.expanded), in_secrets = 0;
  for (const auto& [name, value] : input.environment) everywhere += name == secret_variable ? 0 : count(value, secret);
  for (const std::string& set : input.sets) everywhere += count(set, secret);
  everywhere += count(input.sink.value_or(""), secret);
  for (const Node& node : reading.draft.nodes) {
    if (node.type == nullptr) continue;
    for (const Setting& setting : node.description.settings) {
      const plugin::Parameter* parameter = node.type->manifest.find_parameter(setting.parameter);
      if (parameter != nullptr && parameter->secret) in_secrets += secrets_in(setting.value);
    }
  }
  if (everywhere != in_secrets || count(input.text, secret) > 0) return;
  for (const Diagnostic& one : reading.found)
    require(count(render_json(one), secret) == 0, "what is said of a secret does not say the secret");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const plugin::Catalog catalog = make_catalog();
  const Input input = read_input({reinterpret_cast<const char*>(data), size});
  const Reading reading = read(input, catalog);
  require_readable(reading.found);
  require_short(reading.found);
  require(same(reading.found, read(input, catalog).found), "reading twice gives the same");
  if (!reading.written) {
    require(reading.found.has_errors(), "what was not understood has a reason");
    return 0;
  }
  Diagnostics of_file;
  (void)parse(input.text, file, of_file);
  require(has_each_key_once(*reading.written), "of a key that is given twice one is kept");
  if (!of_file.has_errors()) write_and_parse(*reading.written);
  for (const Node& node : reading.draft.nodes) {
    for (const Argument& argument : node.arguments) write_and_evaluate(argument);
    for (const std::string& one : secrets_of(node)) require(!one.empty(), "no secret is empty");
  }
  require_silence(input, reading);
  return 0;
}
