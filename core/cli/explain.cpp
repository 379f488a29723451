#include "diagnostic/explain.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <string>
#include <utility>

#include "cli/command.hpp"
#include "cli/json.hpp"
#include "cli/method_docs.hpp"
#include "conformance/case.hpp"
#include "diagnostic/suggest.hpp"
#include "plugin/interface.hpp"

namespace penstock::cli {
namespace {

using conformance::Case;
using diagnostic::Code;
using plugin::Interface;

constexpr std::array interfaces = {Interface::source, Interface::stage, Interface::sink};

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

/** `text` in lines of at most 100 bytes, `indent` of them blanks at their beginning. */
std::string in_lines(const std::string& text, std::size_t indent) {
  constexpr std::size_t width = 100;
  std::string out, line;
  std::istringstream words(text);
  for (std::string word; words >> word; line += (line.empty() ? "" : " ") + word) {
    if (line.empty() || indent + line.size() + 1 + word.size() <= width) continue;
    out += std::string(indent, ' ') + line + '\n';
    line.clear();
  }
  return out + std::string(indent, ' ') + line + '\n';
}

// ---- one code ----

std::optional<std::string> explain_code(const std::string& subject, bool json) {
  const auto code = diagnostic::find_code(subject);
  if (!code) return std::nullopt;
  const std::string_view page = diagnostic::page(*code);
  if (!json) return std::string(page);
  return JsonObject()
             .number("format", json_format)
             .text("code", name(*code))
             .text("group", group(*code))
             .text("title", title(*code))
             .text("page", page)
             .str() +
         '\n';
}

// ---- one test ----

std::optional<std::string> explain_test(const std::string& subject, bool json) {
  const auto tests = conformance::cases();
  const auto test = std::ranges::find_if(tests, [&](const Case& one) { return lower(one.id) == lower(subject); });
  if (test == tests.end()) return std::nullopt;
  const std::string id(test->id);
  if (json) {
    return JsonObject()
               .number("format", json_format)
               .text("test", id)
               .text("of", name(test->kind))
               .number("level", static_cast<std::uint64_t>(test->level))
               .text("demands", test->sentence)
               .text_or_null("needs", test->needs)
               .text("done", test->page.done)
               .text("fails", test->page.fails)
               .text("mend", test->page.mend)
               .str() +
           '\n';
  }
  const std::string how = test->level == 1 ? "the file is read, and none of its code is run"
                                           : "code of the library is run, in a process of its own";
  std::string out = "# " + id + ": each " + std::string(name(test->kind)) + ' ' + std::string(test->sentence) +
                    "\n\nOf level " + std::to_string(test->level) + ": " + how + ".\n";
  if (!test->needs.empty())
    out += "Skipped where " + std::string(test->needs) + " fails: it would then mean nothing.\n";
  const auto& [done, fails, mend] = test->page;
  const std::pair<const char*, std::string_view> parts[] = {
      {"What is done", done}, {"How a plugin fails it", fails}, {"How to mend it", mend}};
  for (const auto& [heading, says] : parts)
    out += std::string("\n## ") + heading + '\n' + in_lines(std::string(says), 0);
  return out + "\nTo run it alone: `penstock check FILE --only " + id + "`.\n";
}

// ---- one interface ----

const MethodDoc& doc_of(const plugin::MethodRule& method) {
  return *std::ranges::find(method_docs(), method.name, &MethodDoc::name);
}

std::string interface_text(Interface interface) {
  std::string out = "# " + std::string(name(interface)) + ' ' + text(plugin::host_version) + '\n';
  for (const plugin::MethodRule& method : methods_of(interface)) {
    const MethodDoc& doc = doc_of(method);
    out += '\n' + std::string(method.name) + std::string(method.signature) + "   " + std::string(doc.need) +
           ", since " + doc.since + '\n';
    out += in_lines(doc.says, 4) + in_lines("C: " + doc.declaration, 4);
  }
  return out +
         "\n`penstock/abi/interface.h` of the SDK says who calls what in which order, and what each answer means.\n";
}

std::string json_method(const plugin::MethodRule& method) {
  const MethodDoc& doc = doc_of(method);
  return JsonObject()
      .text("name", method.name)
      .text("signature", method.signature)
      .truth("required", method.required)
      .text("need", doc.need)
      .text("since", doc.since)
      .text("says", doc.says)
      .text("declaration", doc.declaration)
      .str();
}

std::optional<std::string> explain_interface(const std::string& subject, bool json) {
  const auto interface =
      std::ranges::find_if(interfaces, [&](Interface one) { return lower(name(one)) == lower(subject); });
  if (interface == interfaces.end()) return std::nullopt;
  if (!json) return interface_text(*interface);
  return JsonObject()
             .number("format", json_format)
             .text("interface", name(*interface))
             .text("version", text(plugin::host_version))
             .raw("methods", json_array(methods_of(*interface), json_method))
             .str() +
         '\n';
}

// ---- what there is ----

std::string contents_text() {
  std::string out;
  std::string_view heading;
  for (const Code code : diagnostic::codes()) {
    if (group(code) != heading) out.append(out.empty() ? "" : "\n").append(heading = group(code)).append("\n");
    out.append("  ").append(name(code)).append("   ").append(title(code)).append("\n");
  }
  out += "\ninterfaces\n";
  for (const Interface one : interfaces) out.append("  ").append(name(one)).append("\n");
  out += "\ntests of `penstock check`; `penstock check FILE --json` says what came of each\n";
  for (const Case& one : conformance::cases())
    out.append("  ").append(one.id).append("   ").append(one.sentence).append("\n");
  return out + "\nSee `penstock explain PS0201`, `penstock explain Stage` or `penstock explain CT-105`.\n";
}

std::string contents_json() {
  const auto code = [](Code one) {
    return JsonObject().text("code", name(one)).text("group", group(one)).text("title", title(one)).str();
  };
  const auto interface = [](Interface one) { return diagnostic::json_string(name(one)); };
  const auto test = [](const Case& one) { return JsonObject().text("id", one.id).text("demands", one.sentence).str(); };
  return JsonObject()
             .number("format", json_format)
             .raw("codes", json_array(diagnostic::codes(), code))
             .raw("interfaces", json_array(interfaces, interface))
             .raw("tests", json_array(conformance::cases(), test))
             .str() +
         '\n';
}

// ---- what there is not ----

void report_unknown(const std::string& subject, Terminal& terminal) {
  std::vector<std::string> known;
  for (const Interface one : interfaces) known.emplace_back(name(one));
  for (const Code code : diagnostic::codes()) known.emplace_back(name(code));
  for (const Case& one : conformance::cases()) known.emplace_back(one.id);
  diagnostic::Diagnostic fault{.code = Code::PS0001, .summary = "there is no page about `" + subject + "`"};
  if (!diagnostic::near_names(subject, known).empty()) fault.help.push_back(diagnostic::suggest(subject, known));
  fault.help.emplace_back("`penstock explain` lists what there is");
  Diagnostics found;
  found.add(std::move(fault));
  terminal.report(found);
}

/** Each knows one kind of subject, and answers nothing to those of another kind. */
constexpr std::array explainers = {explain_code, explain_interface, explain_test};

}  // namespace

Status execute(const ExplainCommand& command, Terminal& terminal) {
  if (command.subject.empty()) {
    terminal.out.write(command.json ? contents_json() : contents_text());
    return Status::well;
  }
  for (const auto explain : explainers)
    if (const auto answer = explain(command.subject, command.json)) {
      terminal.out.write(*answer);
      return Status::well;
    }
  report_unknown(command.subject, terminal);
  return Status::usage;
}

}  // namespace penstock::cli
