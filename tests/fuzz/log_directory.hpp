#pragma once

#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "changelog/directory.hpp"
#include "changelog/payload.hpp"
#include "changelog/query.hpp"
#include "require.hpp"

namespace penstock::fuzz {

/** A directory for one change log at a time, removed with this object. */
class LogDirectory {
 public:
  LogDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "penstock-fuzz-XXXXXX").string();
    require(::mkdtemp(pattern.data()) != nullptr, "there is room for a directory");
    path_ = pattern;
  }
  ~LogDirectory() {
    std::error_code unsaid;
    std::filesystem::remove_all(path_, unsaid);
  }
  LogDirectory(const LogDirectory&) = delete;
  LogDirectory& operator=(const LogDirectory&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

  void clear() const {
    for (const auto& entry : std::filesystem::directory_iterator(path_)) std::filesystem::remove_all(entry.path());
    std::filesystem::create_directory(changelog::ring_directory(path_));
  }
  void put_segments(const std::vector<std::string>& segments, std::uint32_t first = 1) const {
    for (std::size_t i = 0; i < segments.size(); ++i)
      put(changelog::segment_path(path_, first + static_cast<std::uint32_t>(i)), segments[i]);
  }
  void put_ring(std::size_t index, std::string_view bytes) const {
    put(changelog::ring_directory(path_) / (std::to_string(index) + ".ring"), bytes);
  }
  void put_lock(std::string_view line) const { put(path_ / "LOCK", line); }

  /** Name and bytes of every file of the log and of its rings. */
  [[nodiscard]] std::vector<std::pair<std::filesystem::path, std::string>> files() const {
    std::vector<std::pair<std::filesystem::path, std::string>> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path_)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      files.emplace_back(entry.path(), std::string(std::istreambuf_iterator<char>(file), {}));
    }
    std::sort(files.begin(), files.end());
    return files;
  }

 private:
  static void put(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    require(file.good(), "there is room for a file");
  }

  std::filesystem::path path_;
};

/** The changes that are asked for, in the order of the log. */
inline std::vector<changelog::Change> changes_in(const LogDirectory& log, const changelog::Query& wanted,
                                                 diagnostic::Diagnostics& found) {
  std::vector<changelog::Change> changes;
  const auto result = query(
      log.path(), wanted,
      [&](const changelog::Change& change) {
        changes.push_back(change);
        return true;
      },
      found);
  require(!result || result->matched == changes.size(), "what is counted is what is handed out");
  return changes;
}

/** What a record says, byte for byte: a NaN is as good as another value. */
inline std::string text_of(const changelog::Change& change) {
  changelog::Bytes bytes;
  put_change(bytes, change);
  return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()) + change.run + '#' +
         std::to_string(change.run_number) + '#' + std::to_string(change.sequence);
}

}  // namespace penstock::fuzz
