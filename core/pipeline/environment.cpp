#include "pipeline/environment.hpp"

#include <unistd.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "diagnostic/suggest.hpp"
#include "pipeline/parse.hpp"

namespace penstock::pipeline {
namespace {

using diagnostic::Code;

constexpr std::string_view opening = "${", escaped_opening = "$${", default_mark = ":-";

/** What stands between `${` and `}`. */
struct Reference {
  std::string_view name;
  std::optional<std::string_view> otherwise;  ///< the default
};

class Expander {
 public:
  Expander(const Environment& environment, Diagnostics& found) : environment_(environment), found_(found) {}

  void run(Value& value) {
    for (Value& item : value.items) run(item);
    for (Entry& entry : value.entries) run(entry.value);
    if (value.kind == Value::Kind::scalar && value.text.find(opening) != std::string::npos) expand(value);
  }

 private:
  void expand(Value& value) {
    const std::string written = std::exchange(value.text, {});
    value.quoted = true;
    for (std::string_view rest = written; !rest.empty();) {
      if (rest.starts_with(escaped_opening)) {
        value.text += opening;
        rest.remove_prefix(escaped_opening.size());
      } else if (!rest.starts_with(opening)) {
        value.text += rest.front();
        rest.remove_prefix(1);
      } else if (const auto reference = take_reference(rest, value.place); !reference || !append(*reference, value)) {
        value.is_unknown = true;
        value.text.clear();
        return;
      }
    }
  }

  std::optional<Reference> take_reference(std::string_view& rest, const Place& place) {
    const std::size_t end = rest.find('}');
    if (end == std::string_view::npos) return malformed("`${` is not closed by `}`", place);
    const std::string_view inside = rest.substr(opening.size(), end - opening.size());
    rest.remove_prefix(end + 1);
    const std::size_t mark = std::min(inside.find(default_mark), inside.size());
    Reference reference{.name = inside.substr(0, mark), .otherwise = {}};
    if (mark < inside.size()) reference.otherwise = inside.substr(mark + default_mark.size());
    if (!is_variable_name(reference.name)) return malformed("`${` is not followed by the name of a variable", place);
    if (reference.otherwise && reference.otherwise->find(opening) != std::string_view::npos)
      return malformed("the default behind `:-` holds another `${`", place);
    return reference;
  }

  bool append(const Reference& reference, Value& value) {
    const auto variable = environment_.find(reference.name);
    const bool is_set = variable != environment_.end();
    if (!is_set && !reference.otherwise) return report_not_set(reference, value.place);
    std::string_view text = is_set ? variable->second : *reference.otherwise;
    if (reference.otherwise && text.empty())
      text = *reference.otherwise;
    else if (is_set && std::ranges::find(value.variables, reference.name) == value.variables.end())
      value.variables.emplace_back(reference.name);
    // A file may name a large variable as often as it likes.
    if (text.size() > room_) {
      report_malformed("the environment makes the file larger than " + std::to_string(max_file_size) + " bytes",
                       value.place, "a pipeline file is small: which variable is so large?");
      return false;
    }
    room_ -= text.size();
    value.text += text;
    return true;
  }

  bool report_not_set(const Reference& reference, const Place& place) {
    const std::string name(reference.name);
    std::vector<std::string> known;
    for (const auto& [other, value] : environment_)
      if (is_variable_name(other)) known.push_back(other);
    diagnostic::Diagnostic fault{
        .code = Code::PS0420, .summary = "environment variable `" + name + "` is not set", .place = place};
    if (!diagnostic::near_names(name, known).empty()) fault.help.push_back(diagnostic::suggest(name, known));
    fault.help.push_back("set it, or write a default: `${" + name + ":-VALUE}`");
    found_.add(std::move(fault));
    return false;
  }

  // Not what was written: it may be a secret with a `${` in it.
  void report_malformed(std::string what, const Place& place, std::string help) {
    found_.add({.code = Code::PS0421, .summary = std::move(what), .place = place, .help = {std::move(help)}});
  }

  std::nullopt_t malformed(std::string what, const Place& place) {
    report_malformed(std::move(what), place,
                     "write `${NAME}` or `${NAME:-DEFAULT}`; for the text `${` itself write `$${`");
    return std::nullopt;
  }

  const Environment& environment_;
  Diagnostics& found_;
  std::size_t room_ = max_file_size;
};

}  // namespace

bool is_variable_name(std::string_view text) noexcept {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto inner = [&](char c) { return letter(c) || (c >= '0' && c <= '9'); };
  return !text.empty() && letter(text.front()) && std::ranges::all_of(text, inner);
}

void expand(Value& root, const Environment& environment, Diagnostics& found) { Expander(environment, found).run(root); }

}  // namespace penstock::pipeline
