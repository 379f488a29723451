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
  enum class Replace { at_first_write, at_publish };

  /// `-` is standard output. A file that is there is replaced at the first write, and not before: if the run's source
  /// turns out to read it, or does not open, it stays as it was. Refuses a file that somebody else is writing so.
  /// Replaced at publish(), it stays as it was until then, and anybody may read it: what is written goes to a new file
  /// beside it, which has the same permissions, and is removed with this object if it was not published. A symbolic link
  /// stays one, to the new file. What is no regular file is written in place either way.
  explicit OutputFile(const std::string& path, Replace when = Replace::at_first_write);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// Writes all of it, or false: who read the other end of a pipe has gone, and wants no more. One thread at a time.
  [[nodiscard]] bool write(std::string_view bytes);
  /// Until this returned, a loss of power may lose what was written.
  void sync();
  /// Puts what was written in the place of the file, on the disk; there is nothing to do if it is there already.
  void publish();
  /// Reports what only closing brings to light, such as a full network disk.
  void close();

 private:
  void open_in_place(const std::string& path);
  bool open_beside(const std::string& path);

  std::string name_;
  int descriptor_ = 1;
  bool own_;
  std::optional<FileId> file_;  // if it is a regular one, written in place
  bool is_regular_ = false;
  std::string target_, temporary_;  // empty: written in place, or published
  bool begun_ = false;
};

}  // namespace csv
