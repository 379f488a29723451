#include "plugin/image.hpp"

#include <array>

#include "plugin/elf_image.hpp"
#include "plugin/pe_image.hpp"

namespace penstock::plugin {
namespace {

#if defined(_WIN32)
constexpr bool is_windows = true;
#else
constexpr bool is_windows = false;
#endif

#if defined(__aarch64__)
constexpr const char* host_machine = "AArch64";
#else
constexpr const char* host_machine = "x86-64";
#endif

}  // namespace

std::optional<Image> read_image(const ByteSource& source, const std::string& file, Diagnostics& found) {
  std::array<std::byte, 2> magic{};
  const bool is_pe = source.read(0, magic) && magic == std::array{std::byte{'M'}, std::byte{'Z'}};
  auto image = is_pe ? read_pe_image(source, file, found) : read_elf_image(source, file, found);
  if (image && is_pe != is_windows) image->built_for = std::string(is_pe ? "Windows " : "Linux ") + host_machine;
  return image;
}

}  // namespace penstock::plugin
