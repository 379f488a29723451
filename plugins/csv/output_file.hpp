// A file, a pipe or standard output, written in large pieces.
#pragma once
#include <sys/types.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace csv {

using FileId = std::pair<dev_t, ino_t>;

/// Whether an OutputFile of this process is open on it. Any thread.
bool is_being_written(const FileId& file);

/// Errors are std::runtime_error with path and reason.
class OutputFile {
 public:
  /// `-` is standard output. A file that is there is replaced at the first write, and not before: if the run's source
  /// turns out to read it, or does not open, it stays as it was. Refuses a file that somebody else is writing so.
  explicit OutputFile(const std::string& path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// Writes all of it, or false: who read the other end of a pipe has gone, and wants no more.
  [[nodiscard]] bool write(std::string_view bytes);
  /// Until this returned, a loss of power may lose what was written.
  void sync();
  /// Reports what only closing brings to light, such as a full network disk.
  void close();

 private:
  std::string name_;
  int descriptor_;
  bool own_;
  std::optional<FileId> file_;  // if it is a regular one
  bool begun_ = false;
};

}  // namespace csv
