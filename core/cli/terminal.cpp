#include "cli/terminal.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <iostream>
#include <span>
#include <system_error>

namespace penstock::cli {
namespace {

constexpr std::size_t buffered = 64 * 1024;

std::string_view variable(const char* name) noexcept {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

/** ``see `penstock explain PS0407`, also for PS0409 and PS0411``, with at most four codes. */
std::string where_explained(std::span<const diagnostic::Code> codes) {
  constexpr std::size_t most = 4;
  const std::size_t shown = std::min(codes.size(), most);
  std::string text = "see `penstock explain " + std::string(name(codes.front())) + '`';
  for (std::size_t i = 1; i < shown; ++i)
    text.append(i == 1 ? ", also for " : i + 1 == codes.size() ? " and " : ", ").append(name(codes[i]));
  return text + (codes.size() > most ? " and others\n" : "\n");
}

}  // namespace

void Output::write(std::string_view text) {
  if (reader_gone_ || error_ != 0) return;
  buffer_ += text;
  if (buffer_.size() >= buffered) flush();
}

void Output::flush() {
  std::string_view left = buffer_;
  while (!left.empty() && !reader_gone_ && error_ == 0) {
    const ssize_t written = ::write(STDOUT_FILENO, left.data(), left.size());
    if (written >= 0) {
      left.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EPIPE) {
      reader_gone_ = true;
    } else if (errno != EINTR) {
      error_ = errno;
    }
  }
  buffer_.clear();
}

void Output::finish(Diagnostics& found) {
  flush();
  if (error_ == 0) return;
  found.add({.code = diagnostic::Code::PS0002,
             .summary = "the results cannot be written to standard output",
             .notes = {"the system says: " + std::generic_category().message(error_)}});
}

Terminal::Terminal()
    : is_terminal_(isatty(STDERR_FILENO) != 0 && variable("TERM") != "dumb"),
      colour_(is_terminal_ && variable("NO_COLOR").empty() ? diagnostic::Colour::on : diagnostic::Colour::off) {}

void Terminal::say(std::string_view text) const { std::cerr << text; }

void Terminal::report(const Diagnostics& found) {
  for (const diagnostic::Diagnostic& one : found) {
    say(format_ == log::Format::json ? render_json(one) + '\n' : render_text(one, colour_));
    // A command line that is not understood has its own help, which says more.
    const bool is_explained = one.severity == diagnostic::Severity::error && one.code != diagnostic::Code::PS0001;
    if (is_explained && std::ranges::count(explained_, one.code) == 0) explained_.push_back(one.code);
  }
}

void Terminal::fail(std::string_view why) const {
  say(format_ == log::Format::json
          ? R"({"time":null,"level":"error","node":null,"message":)" + diagnostic::json_string(why) + "}\n"
          : "error: " + diagnostic::printable(why) + '\n');
}

Status Terminal::end(Status status) {
  Diagnostics found;
  out.finish(found);
  report(found);
  if (!explained_.empty() && format_ == log::Format::text) say(where_explained(explained_));
  return found.has_errors() && status == Status::well ? Status::failed : status;
}

void reserve_standard_descriptors() {
  // Read only: a write to a reserved descriptor fails with EBADF, as it would have without. The lowest free number is
  // given, so going upwards fills each hole with its own.
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (fcntl(descriptor, F_GETFD) == -1 && errno == EBADF) (void)open("/dev/null", O_RDONLY);
}

}  // namespace penstock::cli
