#include "diagnostic/code.hpp"

#include <array>

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

}  // namespace

std::string_view name(Code code) noexcept { return entries[static_cast<std::size_t>(code)].name; }

std::string_view title(Code code) noexcept { return entries[static_cast<std::size_t>(code)].title; }

}  // namespace penstock::diagnostic
