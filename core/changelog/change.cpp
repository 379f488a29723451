#include "changelog/change.hpp"

#include <algorithm>
#include <array>

namespace penstock::changelog {
namespace {

constexpr std::array<std::string_view, 4> kinds = {"change", "rejected", "parameter", "lifecycle"};

}  // namespace

std::string_view name(Kind kind) noexcept { return kinds[static_cast<std::size_t>(kind)]; }

std::optional<Kind> kind_named(std::string_view name) noexcept {
  const auto found = std::find(kinds.begin(), kinds.end(), name);
  if (found == kinds.end()) return std::nullopt;
  return static_cast<Kind>(found - kinds.begin());
}

}  // namespace penstock::changelog
