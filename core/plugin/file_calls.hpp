#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

/** What the gate asks of the system's files, and nothing more: `file_calls.cpp` for POSIX, `file_calls_windows.cpp`. */
namespace penstock::plugin {

/** A descriptor to read from, which no child inherits. -1, and why in `errno`. Never waits. */
[[nodiscard]] int open_file(const std::filesystem::path& path) noexcept;

void close_file(int descriptor) noexcept;

/** Fills all of `into` from `offset` on; moves no position. False if that is not possible. */
[[nodiscard]] bool read_file(int descriptor, std::uint64_t offset, std::span<std::byte> into) noexcept;

}  // namespace penstock::plugin
