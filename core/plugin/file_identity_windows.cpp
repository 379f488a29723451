#include <io.h>
#include <windows.h>

#include "plugin/file_calls.hpp"
#include "plugin/file_identity.hpp"

namespace penstock::plugin {
namespace {

std::uint64_t whole(DWORD high, DWORD low) noexcept { return std::uint64_t{high} << 32U | low; }

std::int64_t nanoseconds(const FILETIME& time) noexcept {
  return static_cast<std::int64_t>(whole(time.dwHighDateTime, time.dwLowDateTime) * 100);
}

}  // namespace

std::optional<FileIdentity> identity_of(int descriptor) noexcept {
  const auto file = reinterpret_cast<HANDLE>(::_get_osfhandle(descriptor));
  BY_HANDLE_FILE_INFORMATION is{};
  if (::GetFileType(file) != FILE_TYPE_DISK || ::GetFileInformationByHandle(file, &is) == 0) return std::nullopt;
  // There is no time of a change of the file's own data here; when it was created tells apart one that took its name.
  return FileIdentity{is.dwVolumeSerialNumber, whole(is.nFileIndexHigh, is.nFileIndexLow),
                      whole(is.nFileSizeHigh, is.nFileSizeLow), nanoseconds(is.ftLastWriteTime),
                      nanoseconds(is.ftCreationTime)};
}

std::optional<FileIdentity> identity_of(const std::filesystem::path& path) noexcept {
  const int descriptor = open_file(path);
  if (descriptor < 0) return std::nullopt;
  const auto identity = identity_of(descriptor);
  close_file(descriptor);
  return identity;
}

}  // namespace penstock::plugin
