#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "changelog/file.hpp"
#include "diagnostic/diagnostic.hpp"

namespace penstock::changelog {

using diagnostic::Diagnostics;

/** `000001.seg` of a log. */
struct SegmentFile {
  std::filesystem::path path;
  std::uint32_t number = 0;  ///< from 1
};

[[nodiscard]] std::filesystem::path segment_path(const std::filesystem::path& directory, std::uint32_t number);

/** By number. Nothing: the directory cannot be listed. */
[[nodiscard]] std::optional<std::vector<SegmentFile>> list_segments(const std::filesystem::path& directory,
                                                                    Diagnostics& found);

[[nodiscard]] std::filesystem::path ring_directory(const std::filesystem::path& log);

/** By name, which is by run. A log without rings has none. */
[[nodiscard]] std::vector<std::filesystem::path> list_rings(const std::filesystem::path& log);

/** What a closed log was like, noted outside of the chain: a log that was cut at the end of an earlier run looks whole. */
struct ClosedHead {
  std::uint64_t blocks = 0;
  std::string head;
};

/** The exclusive right to write to a log, as long as it lives or the process does. It is a lock of the open file
 *  description (fcntl), which a reader can ask about without taking it; `LOCK` also holds a line of text: who writes, or the
 *  closed head. */
class DirectoryLock {
 public:
  /** What `LOCK` says stays as it is until claim(). */
  [[nodiscard]] static std::optional<DirectoryLock> take(const std::filesystem::path& log, Diagnostics& found);

  /** Notes that this process writes, and no more where the log was closed. */
  void claim() noexcept;
  void note(const ClosedHead& head) noexcept;

 private:
  explicit DirectoryLock(File file) noexcept : file_(std::move(file)) {}
  void write(const std::string& line) noexcept;

  File file_;
};

/** A run holds the lock. Takes nothing. */
[[nodiscard]] bool has_writer(const std::filesystem::path& log) noexcept;

/** The line of `LOCK`: `pid 17`, `closed 5 HEAD`; empty: there is none. */
[[nodiscard]] std::string lock_line(const std::filesystem::path& log);

/** `LOCK` names a run that did not close the log: it is alive, or was killed, perhaps before its first block was whole. */
[[nodiscard]] bool has_unclosed_run(const std::filesystem::path& log);

/** What the last run that closed the log noted; nothing: no such note. */
[[nodiscard]] std::optional<ClosedHead> noted_head(const std::filesystem::path& log);

}  // namespace penstock::changelog
