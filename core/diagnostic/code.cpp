#include "diagnostic/code.hpp"

#include <array>
#include <cstddef>

namespace penstock::diagnostic {
namespace {

struct Entry {
  std::string_view name;
  std::string_view title;
};

constexpr std::array entries = {
#define PENSTOCK_CODE(name, title) Entry{#name, title},
    PENSTOCK_DIAGNOSTIC_CODES(PENSTOCK_CODE)
#undef PENSTOCK_CODE
};

constexpr std::array all = {
#define PENSTOCK_CODE(name, title) Code::name,
    PENSTOCK_DIAGNOSTIC_CODES(PENSTOCK_CODE)
#undef PENSTOCK_CODE
};

constexpr std::array<std::string_view, 7> groups = {
    "command line", "files and images", "types against interfaces", "manifests", "pipeline files and configuration",
    "running",      "change log"};

}  // namespace

std::string_view name(Code code) noexcept { return entries[static_cast<std::size_t>(code)].name; }

std::string_view title(Code code) noexcept { return entries[static_cast<std::size_t>(code)].title; }

std::string_view group(Code code) noexcept { return groups[static_cast<std::size_t>(name(code)[3] - '0')]; }

std::span<const Code> codes() noexcept { return all; }

}  // namespace penstock::diagnostic
