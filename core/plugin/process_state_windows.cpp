#include <xmmintrin.h>

#include <clocale>
#include <filesystem>
#include <system_error>

#include "plugin/process_state.hpp"

namespace penstock::plugin {

FloatingPoint floating_point() noexcept {
  constexpr std::uint32_t flags = 0x3f;
  return {.control = _mm_getcsr() & ~flags};
}

void set_floating_point(const FloatingPoint& state) noexcept { _mm_setcsr(state.control); }

/** What this system has of it: no signals, no descriptors that count, no mask. */
ProcessState process_state() {
  std::error_code failed;
  const char* const locale = std::setlocale(LC_ALL, nullptr);
  ProcessState state;
  state.floating_point = floating_point();
  state.locale = locale == nullptr ? "" : locale;
  state.directory = std::filesystem::current_path(failed).string();
  return state;
}

std::vector<diagnostic::Comparison> changes(const ProcessState& before, const ProcessState& after) {
  std::vector<diagnostic::Comparison> found;
  if (before.floating_point != after.floating_point)
    found.push_back({"floating-point control", std::to_string(before.floating_point.control),
                     std::to_string(after.floating_point.control)});
  if (before.locale != after.locale) found.push_back({"locale", before.locale, after.locale});
  if (before.directory != after.directory) found.push_back({"directory", before.directory, after.directory});
  return found;
}

}  // namespace penstock::plugin
