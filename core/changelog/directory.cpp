#include "changelog/directory.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <string_view>
#include <system_error>

#include "diagnostic/suggest.hpp"

namespace penstock::changelog {
namespace {

using diagnostic::Code;
namespace fs = std::filesystem;

constexpr std::string_view extension = ".seg";

std::optional<std::uint32_t> segment_number(const fs::path& path) {
  const std::string name = path.filename().string();
  if (name.size() < 6 + extension.size() || !name.ends_with(extension)) return std::nullopt;
  const char* const end = name.data() + name.size() - extension.size();
  std::uint32_t number = 0;
  const auto [stop, error] = std::from_chars(name.data(), end, number);
  if (error != std::errc() || stop != end || number == 0) return std::nullopt;
  return number;
}

fs::path lock_path(const fs::path& log) { return log / "LOCK"; }

std::string first_line(const File& file) {
  std::array<std::byte, 256> bytes{};
  const std::size_t size = file.read(0, bytes).value_or(0);
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), size);
  return std::string(text.substr(0, text.find('\n')));
}

struct flock whole_file(short type) noexcept {
  struct flock lock {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  return lock;
}

/** `plant.changes` for `plant`, `plant/` and `plant.yaml`; empty: there is none. */
fs::path log_meant_by(const fs::path& named) {
  std::error_code error;
  const fs::path name = (named / "").parent_path();
  for (fs::path log : {fs::path(name) += ".changes", fs::path(name).replace_extension(".changes")})
    if (log != name && fs::is_directory(log, error)) return log;
  return {};
}

}  // namespace

fs::path segment_path(const fs::path& directory, std::uint32_t number) {
  std::string name = std::to_string(number);
  if (name.size() < 6) name.insert(0, 6 - name.size(), '0');
  return directory / name.append(extension);
}

std::optional<std::vector<SegmentFile>> list_segments(const fs::path& directory, Diagnostics& found) {
  std::error_code error;
  std::vector<SegmentFile> segments;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end; entry.increment(error))
    if (const auto number = segment_number(entry->path())) segments.push_back({entry->path(), *number});
  if (error) {
    diagnostic::Diagnostic fault{.code = Code::PS0601,
                                 .summary = "the change log's directory cannot be read",
                                 .place = {.file = directory.string()},
                                 .notes = {error.message()}};
    if (const fs::path log = log_meant_by(directory); !log.empty())
      fault.help.push_back("did you mean " + diagnostic::ticked(log.string()) + "?");
    found.add(std::move(fault));
    return std::nullopt;
  }
  std::sort(segments.begin(), segments.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
  return segments;
}

fs::path ring_directory(const fs::path& log) { return log / "rings"; }

std::vector<fs::path> list_rings(const fs::path& log) {
  std::error_code error;
  std::vector<fs::path> rings;
  for (fs::directory_iterator entry(ring_directory(log), error), end; !error && entry != end; entry.increment(error))
    if (entry->path().extension() == ".ring") rings.push_back(entry->path());
  std::sort(rings.begin(), rings.end());
  return rings;
}

std::optional<DirectoryLock> DirectoryLock::take(const fs::path& log, Diagnostics& found) {
  DirectoryLock lock(File::open(lock_path(log), O_RDWR | O_CREAT));
  if (!lock.file_) {
    found.add({.code = Code::PS0601,
               .summary = "the change log cannot be locked",
               .place = {.file = lock_path(log).string()},
               .notes = {system_error()},
               .help = {"give a directory that this user may write to, with `--change-log`"}});
    return std::nullopt;
  }
  struct flock wanted = whole_file(F_WRLCK);
  if (fcntl(lock.file_.descriptor(), F_OFD_SETLK, &wanted) != 0) {
    const bool is_taken = errno == EAGAIN || errno == EACCES;
    found.add({.code = is_taken ? Code::PS0602 : Code::PS0601,
               .summary = is_taken ? "the change log is in use by another run" : "the change log cannot be locked",
               .place = {.file = log.string()},
               .notes = {is_taken ? "its writer is " + first_line(lock.file_) : system_error()},
               .help = {"wait for its end, or give this run a directory of its own with `--change-log`"}});
    return std::nullopt;
  }
  return lock;
}

void DirectoryLock::claim() noexcept { write("pid " + std::to_string(getpid())); }

void DirectoryLock::note(const ClosedHead& head) noexcept {
  write("closed " + std::to_string(head.blocks) + " " + head.head);
}

void DirectoryLock::write(const std::string& line) noexcept {
  // Only a note: a log whose LOCK cannot be written is as good as any other.
  const std::string text = line + "\n";
  if (file_.write(0, std::as_bytes(std::span(text)))) (void)file_.cut(text.size());
}

bool has_writer(const fs::path& log) noexcept {
  const File file = File::open(lock_path(log), O_RDONLY);
  struct flock asked = whole_file(F_RDLCK);
  return file && fcntl(file.descriptor(), F_OFD_GETLK, &asked) == 0 && asked.l_type != F_UNLCK;
}

std::string lock_line(const fs::path& log) {
  const File file = File::open(lock_path(log), O_RDONLY);
  return file ? first_line(file) : std::string();
}

bool has_unclosed_run(const fs::path& log) { return lock_line(log).starts_with("pid "); }

std::optional<ClosedHead> noted_head(const fs::path& log) {
  constexpr std::string_view word = "closed ";
  const std::string line = lock_line(log);
  if (!line.starts_with(word)) return std::nullopt;
  ClosedHead noted;
  const auto [stop, error] = std::from_chars(line.data() + word.size(), line.data() + line.size(), noted.blocks);
  if (error != std::errc() || stop == line.data() + line.size()) return std::nullopt;
  noted.head.assign(stop + 1, line.data() + line.size());
  return noted;
}

}  // namespace penstock::changelog
