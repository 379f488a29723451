#include "pipeline/read_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace penstock::pipeline {
namespace {

class Descriptor {
 public:
  // Non-blocking: opening a FIFO that nobody writes to would wait for ever.
  explicit Descriptor(const char* path) noexcept
      : number_(::open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const noexcept { return number_; }

 private:
  int number_;
};

std::string because(int error) { return std::generic_category().message(error); }

}  // namespace

std::optional<std::string> read_file(const std::filesystem::path& file, std::size_t limit,
                                     diagnostic::Diagnostics& found) {
  const auto refuse = [&](const std::string& why, std::string help) {
    found.add({.code = diagnostic::Code::PS0402,
               .summary = "the pipeline file cannot be read: " + why,
               .place = {.file = file.string()},
               .help = {std::move(help)}});
    return std::nullopt;
  };

  const Descriptor descriptor(file.c_str());
  if (descriptor.get() < 0) return refuse(because(errno), "check the path and its permissions");
  struct stat status {};
  if (::fstat(descriptor.get(), &status) != 0) return refuse(because(errno), "check the path");
  if (S_ISDIR(status.st_mode)) return refuse("it is a directory", "name a file in it");
  if (!S_ISREG(status.st_mode)) return refuse("it is not a regular file", "write the pipeline to a file and name that");

  // Read to the end and not by `st_size`: the files of /proc say 0, and a file may grow meanwhile.
  std::string text;
  for (;;) {
    constexpr std::size_t step = 64 * 1024;
    const std::size_t before = text.size();
    text.resize(before + step);
    const ssize_t count = ::read(descriptor.get(), text.data() + before, step);
    const int error = errno;
    text.resize(before + (count > 0 ? static_cast<std::size_t>(count) : 0));
    if (count < 0 && error == EINTR) continue;
    if (count < 0) return refuse(because(error), "check the disk");
    if (text.size() > limit)
      return refuse("it is larger than " + std::to_string(limit) + " bytes",
                    "a pipeline file is small: is this the data?");
    if (count == 0) return text;
  }
}

}  // namespace penstock::pipeline
