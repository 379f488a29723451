#include "cli/stray_argument.hpp"

#include <algorithm>

#include "diagnostic/suggest.hpp"

namespace penstock::cli {
namespace {

using diagnostic::for_shell;

bool is_pipeline(std::string_view argument) { return command_for(argument) == "run"; }

/** What the blank stands for: `filter min=10` lacks the dot. */
char separator_of(std::string_view name, std::string_view value) {
  const bool lacks_dot = name.find('.') == std::string_view::npos && value.find('=') != std::string_view::npos;
  return lacks_dot ? '.' : '=';
}

}  // namespace

std::optional<CutSetting> find_cut_setting(const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const bool stands_behind = arguments[i] == "--set";
    if (!stands_behind && !arguments[i].starts_with("--set=")) continue;
    const std::size_t next = stands_behind ? i + 2 : i + 1;
    if (next >= arguments.size()) continue;
    std::string name = stands_behind ? arguments[i + 1] : arguments[i].substr(6);
    std::string value = arguments[next];
    if (name.ends_with('=')) name.pop_back();
    if (value == "=" && next + 1 < arguments.size()) value += arguments[next + 1];
    if (value.starts_with('=')) value.erase(0, 1);
    const bool is_option = value.starts_with('-') && value.find_first_of("0123456789.") != 1;
    if (name.find('=') == std::string::npos && !value.empty() && !is_option)
      return CutSetting{name, for_shell(name + separator_of(name, value) + value)};
  }
  return std::nullopt;
}

std::optional<SecondValue> find_second_value(const std::vector<std::string>& arguments, const std::string& option,
                                             const std::string& leftover) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const bool stands_behind = arguments[i] == option;
    if (!stands_behind && !arguments[i].starts_with(option + '=')) continue;
    std::size_t at = stands_behind ? i + 1 : i;
    if (at >= arguments.size()) return std::nullopt;
    const std::string first = stands_behind ? arguments[at] : arguments[i].substr(option.size() + 1);
    std::string written = option + ' ' + for_shell(first), second;
    bool is_before_leftover = false;
    for (++at; at < arguments.size() && !arguments[at].starts_with('-') && !is_pipeline(arguments[at]); ++at) {
      if (is_setting(arguments[at]) != is_setting(first)) break;
      if (second.empty()) second = arguments[at];
      written += ' ' + option + ' ' + for_shell(arguments[at]);
      is_before_leftover = is_before_leftover || arguments[at] == leftover;
    }
    if (!second.empty() && (is_before_leftover || is_pipeline(leftover))) return SecondValue{second, written};
  }
  return std::nullopt;
}

bool is_setting(std::string_view argument) {
  const std::size_t equals = argument.find('=');
  return equals != std::string_view::npos && argument.substr(0, equals).find('.') != std::string_view::npos;
}

std::string_view command_for(std::string_view file) {
  while (file.size() > 1 && file.ends_with('/')) file.remove_suffix(1);
  if (file.ends_with(".yaml") || file.ends_with(".yml")) return "run";
  if (file.ends_with(".changes")) return "audit show";
  return file.ends_with(".so") || file.ends_with(".dll") ? "check" : "";
}

}  // namespace penstock::cli
