#include "plugin/mangled.hpp"

#include <algorithm>
#include <vector>

namespace penstock::plugin {
namespace {

constexpr std::string_view unnamed = "(anonymous namespace)";

/** `plant::Window<int>` -> `plant`, `Window`; compilers spell an unnamed namespace in three ways. Empty if a template stands
 *  elsewhere than at the end. */
std::vector<std::string_view> parts_of(std::string_view class_name, bool& is_template) {
  std::vector<std::string_view> parts;
  while (true) {
    std::size_t end = std::min(class_name.find("::"), class_name.size());
    if (const std::size_t angle = class_name.find('<'); angle > 0 && angle < end) {
      is_template = true;
      parts.push_back(class_name.substr(0, angle));
      return class_name.ends_with('>') ? parts : std::vector<std::string_view>{};
    }
    const std::string_view part = class_name.substr(0, end);
    parts.push_back(part == "{anonymous}" || part == "<unnamed>" ? unnamed : part);
    if (end == class_name.size()) return parts;
    class_name.remove_prefix(end + 2);
  }
}

/** Takes `5plant` from the front of `rest`. */
std::optional<std::string_view> take_name(std::string_view& rest) {
  std::size_t length = 0, digits = 0;
  for (; digits < rest.size() && digits < 4 && rest[digits] >= '0' && rest[digits] <= '9'; ++digits)
    length = length * 10 + static_cast<std::size_t>(rest[digits] - '0');
  if (digits == 0 || length == 0 || length > rest.size() - digits) return std::nullopt;
  const std::string_view name = rest.substr(digits, length);
  rest.remove_prefix(digits + length);
  return name.starts_with("_GLOBAL__N_") ? unnamed : name;
}

bool take(std::string_view& rest, std::string_view prefix) {
  if (!rest.starts_with(prefix)) return false;
  rest.remove_prefix(prefix.size());
  return true;
}

}  // namespace

std::optional<std::string> member_of(std::string_view mangled, std::string_view class_name) {
  bool is_template = false;
  const auto parts = parts_of(class_name, is_template);
  if (class_name.empty() || parts.empty() || !take(mangled, "_Z")) return std::nullopt;
  const bool is_table = take(mangled, "TV") || take(mangled, "TI") || take(mangled, "TT");
  if (take(mangled, "N")) mangled.remove_prefix(std::min(mangled.find_first_not_of("rVKRO"), mangled.size()));
  for (const std::string_view part : parts)
    if (take_name(mangled) != part) return std::nullopt;

  const std::string owner(class_name);
  if (is_template) return mangled.starts_with('I') ? std::optional("a member of " + owner) : std::nullopt;
  if (is_table)
    return mangled.empty() || mangled == "E" ? std::optional("the virtual table of " + owner) : std::nullopt;
  if (const auto member = take_name(mangled)) return owner + "::" + std::string(*member);
  if (mangled.starts_with('C')) return owner + "::" + std::string(parts.back());
  if (mangled.starts_with('D')) return owner + "::~" + std::string(parts.back());
  if (mangled.empty() || mangled.starts_with('E') || mangled.starts_with('I')) return std::nullopt;
  return "an operator of " + owner;
}

std::string readable(std::string_view symbol) {
  std::string_view rest = symbol;
  if (!take(rest, "_Z")) return std::string(symbol);
  const bool is_nested = take(rest, "N");
  if (is_nested) rest.remove_prefix(std::min(rest.find_first_not_of("rVKRO"), rest.size()));
  std::string name = take(rest, "St") ? "std" : "";
  std::string_view last;
  while (const auto part = take_name(rest)) {
    name.append(name.empty() ? "" : "::").append(last = *part);
    if (!is_nested) return name;
  }
  const bool makes = rest.starts_with('C'), ends = rest.starts_with('D');
  if (!last.empty() && (makes || ends)) return name.append(makes ? "::" : "::~").append(last);
  return name.empty() || !rest.starts_with('E') ? std::string(symbol) : name;
}

}  // namespace penstock::plugin
