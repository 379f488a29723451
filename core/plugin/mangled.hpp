#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace penstock::plugin {

/** What the mangled C++ symbol names (Itanium C++ ABI, section 5.1), if it belongs to the class `class_name` as a manifest
 *  writes it: `plant::Clamp::process`, or `the virtual table of plant::Clamp`. Reads the nested name only: a whole
 *  demangler expands a hostile name of 100 bytes to gigabytes. Of a class template it says which class, not which member. */
[[nodiscard]] std::optional<std::string> member_of(std::string_view mangled, std::string_view class_name);

/** The name in a mangled C++ symbol, without what it takes and returns: `plant::helper`; any other symbol as it is. */
[[nodiscard]] std::string readable(std::string_view symbol);

}  // namespace penstock::plugin
