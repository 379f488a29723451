#pragma once

#include <algorithm>
#include <optional>
#include <ostream>

#include "cli/terminal.hpp"
#include "execution/hosts.hpp"
#include "log/host_log.hpp"

namespace penstock::cli {

/** With `--json` alone standard error, or standard output, is for one object: nothing is said beside it. */
template <typename Command>
[[nodiscard]] bool is_silent(const Command& command) {
  return command.json && command.log_format == log::Format::text;
}

/** How the end of the process is told in the middle of a command: whoever asked for an object gets one. */
template <typename Command>
[[nodiscard]] log::Format format_of_last_words(const Command& command) {
  return command.json ? log::Format::json : command.log_format;
}

/** How the log of a command is to look. */
template <typename Command>
[[nodiscard]] log::LogOptions log_options(const Command& command, const Terminal& terminal) {
  return {
      .least = command.log_level, .colour = terminal.colour() == diagnostic::Colour::on, .format = command.log_format};
}

/** A log that begins late: its thread must not be there while libraries are tried in forked children, and until they are
 *  loaded nobody has anything to say. */
class LateLog {
 public:
  LateLog(std::ostream& out, const log::LogOptions& options) : out_(out), options_(options) {}

  void start() { log_.emplace(out_, options_); }
  [[nodiscard]] log::HostLog& get() { return *log_; }  ///< once it has begun
  void flush() {
    if (log_) log_->flush();
  }

  /** Puts what a plugin says on the log, which must outlive the line. */
  [[nodiscard]] execution::LogLine line() {
    return [this](std::int32_t level, std::string_view node, std::string_view text) {
      if (log_) log_->write(static_cast<log::Level>(std::clamp(level, 0, 3)), node, text);
    };
  }

 private:
  std::ostream& out_;
  log::LogOptions options_;
  std::optional<log::HostLog> log_;
};

}  // namespace penstock::cli
