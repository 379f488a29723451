#pragma once

#include <span>
#include <string_view>

#include "plugin/manifest.hpp"

namespace penstock::plugin {

/** A method as an interface wants it; derived from the lists in `<penstock/abi/interface.h>`. */
struct MethodRule {
  std::string_view name, signature;
  bool required;
};

/** Every method that types of this interface may have. Static. */
[[nodiscard]] std::span<const MethodRule> methods_of(Interface interface) noexcept;

/** The rule of that name, nullptr if the interface has none. */
[[nodiscard]] const MethodRule* find_rule(Interface interface, std::string_view method) noexcept;

/** The version of the interfaces and of the SDK's boundary that this host speaks. */
inline constexpr Version host_version = {1, 0};

/** The same major version, and a minor one that the host knows. */
[[nodiscard]] constexpr bool is_supported(Version version) noexcept {
  return version.major == host_version.major && version.minor <= host_version.minor;
}

}  // namespace penstock::plugin
