#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/status.hpp"
#include "diagnostic/diagnostic.hpp"
#include "diagnostic/render.hpp"
#include "log/host_log.hpp"

namespace penstock::cli {

/** Standard output, for results. A reader that has gone (`| head`) is no error: what follows is dropped, and the command may
 *  look at reader_gone() to stop early. */
class Output {
 public:
  void write(std::string_view text);
  [[nodiscard]] bool reader_gone() const noexcept { return reader_gone_; }

  /** Writes what is buffered; any other error than a closed pipe is reported. */
  void finish(Diagnostics& found);

 private:
  void flush();

  std::string buffer_;
  bool reader_gone_ = false;
  int error_ = 0;  ///< errno of the first write that failed otherwise
};

/** Where a command writes: results to standard output, everything else to standard error. What cannot be written to standard
 *  error is lost, and changes nothing else. */
class Terminal {
 public:
  Terminal();

  Output out;

  /** Diagnostics go to standard error for people, which is the default, or each as one line of JSON. */
  void set_format(log::Format format) noexcept { format_ = format; }

  /** A line or more to standard error, as it is. */
  void say(std::string_view text) const;

  /** Diagnostics, to standard error. */
  void report(const Diagnostics& found);

  /** What went wrong without a diagnostic of its own, to standard error. */
  void fail(std::string_view why) const;

  /** Whether standard error is a terminal that moves its cursor when asked to. */
  [[nodiscard]] bool is_terminal() const noexcept { return is_terminal_; }

  /** Whether standard error may be coloured: it is a terminal, and NO_COLOR is not set or empty. */
  [[nodiscard]] diagnostic::Colour colour() const noexcept { return colour_; }

  /** Ends a command: writes what is left of its results, and where the errors that it reported are explained. Returns
   *  `status`, or `failed` when that could not be done. */
  [[nodiscard]] Status end(Status status);

 private:
  bool is_terminal_;
  diagnostic::Colour colour_;
  log::Format format_ = log::Format::text;
  std::vector<diagnostic::Code> explained_;  ///< codes of the errors that were reported, each once, in their order
};

/** Opens /dev/null for each standard descriptor that the process was started without, so that no file of ours gets its
 *  number; writing to a closed standard output still fails. */
void reserve_standard_descriptors();

}  // namespace penstock::cli
