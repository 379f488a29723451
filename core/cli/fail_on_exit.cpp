#include "cli/fail_on_exit.hpp"

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <string>

#include "cli/status.hpp"
#include "diagnostic/render.hpp"

namespace penstock::cli {
namespace {

std::atomic<bool> is_running = false;
std::atomic<pid_t> runner = 0;
std::atomic<log::Format> format_of_run = log::Format::text;
std::atomic<bool> has_rows = false;

void fail_if_running() {
  if (!is_running || runner != ::getpid()) return;  // a child that tries a library may end as it likes
  diagnostic::Diagnostic fault{
      .code = diagnostic::Code::PS0508,
      .summary = std::string("a plugin ended the process with `exit`, ") +
                 (has_rows ? "in the middle of the run" : "and the pipeline is not checked"),
      .help = {"report it to the author of the plugin: a method returns, and fails by its status"}};
  if (has_rows)
    fault.notes.emplace_back("rows on the way are lost; the change log is not closed, the next run recovers it");
  const std::string text = format_of_run == log::Format::json ? render_json(fault) + '\n' : render_text(fault);
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
  std::_Exit(static_cast<int>(Status::failed));
}

}  // namespace

FailOnExit::FailOnExit(log::Format format, bool moves_rows) {
  format_of_run = format;
  has_rows = moves_rows;
  static const int registered = std::atexit(fail_if_running);
  static_cast<void>(registered);
  runner = ::getpid();
  is_running = true;
}

FailOnExit::~FailOnExit() { is_running = false; }

}  // namespace penstock::cli
