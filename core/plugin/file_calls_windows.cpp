#include <fcntl.h>
#include <io.h>
#include <windows.h>

#include <algorithm>

#include "plugin/file_calls.hpp"

namespace penstock::plugin {

int open_file(const std::filesystem::path& path) noexcept {
  return ::_wopen(path.c_str(), _O_RDONLY | _O_BINARY | _O_NOINHERIT);
}

void close_file(int descriptor) noexcept { ::_close(descriptor); }

bool read_file(int descriptor, std::uint64_t offset, std::span<std::byte> into) noexcept {
  constexpr std::size_t most_at_once = std::size_t{1} << 30U;
  const auto file = reinterpret_cast<HANDLE>(::_get_osfhandle(descriptor));
  while (!into.empty()) {
    OVERLAPPED place{};
    place.Offset = static_cast<DWORD>(offset);
    place.OffsetHigh = static_cast<DWORD>(offset >> 32U);
    const auto wanted = static_cast<DWORD>(std::min(into.size(), most_at_once));
    DWORD count = 0;
    if (::ReadFile(file, into.data(), wanted, &count, &place) == 0 || count == 0) return false;
    offset += count;
    into = into.subspan(count);
  }
  return true;
}

}  // namespace penstock::plugin
