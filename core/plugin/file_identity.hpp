#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace penstock::plugin {

/** Tells whether a file is still the one that was read: another one of the same name differs, and so does one that was
 *  written in place. */
struct FileIdentity {
  std::uint64_t device = 0, inode = 0, size = 0;
  std::int64_t modified_ns = 0, changed_ns = 0;

  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

/** Of an open file. Nothing: it is no regular file. */
[[nodiscard]] std::optional<FileIdentity> identity_of(int descriptor) noexcept;

/** Nothing: there is no such regular file, or nobody may look. Links are followed. */
[[nodiscard]] std::optional<FileIdentity> identity_of(const std::filesystem::path& path) noexcept;

}  // namespace penstock::plugin
