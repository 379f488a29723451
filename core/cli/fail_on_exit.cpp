#include "cli/fail_on_exit.hpp"

#include <dlfcn.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
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
std::atomic<bool> has_ended = false;
std::atomic<int> status_at_end = 0;

std::atomic<bool> is_said = false;

/** Of threads that exit together the first speaks and ends the process. */
[[noreturn]] void say_and_end(const diagnostic::Diagnostic& fault, int status) {
  while (is_said.exchange(true)) ::pause();
  const std::string text = format_of_run == log::Format::json ? render_json(fault) + '\n' : render_text(fault);
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
  std::fflush(nullptr);
  std::_Exit(status);
}

[[noreturn]] void fail_the_run() {
  diagnostic::Diagnostic fault{
      .code = diagnostic::Code::PS0508,
      .summary = std::string("a plugin ended the process with `exit`, ") +
                 (has_rows ? "in the middle of the run" : "and the pipeline is not checked"),
      .help = {"report it to the author of the plugin: a method returns, and fails by its status"}};
  if (has_rows)
    fault.notes.emplace_back("rows on the way are lost; the change log is not closed, the next run recovers it");
  say_and_end(fault, static_cast<int>(Status::failed));
}

/** Is told the status that `exit` was given last, and called after what libraries have left to do, for it was registered
 *  before any was loaded. */
void judge_exit(int status, void*) {
  if (runner != ::getpid()) return;  // a child that tries a library may end as it likes
  if (is_running) fail_the_run();
  if (!has_ended || status == status_at_end) return;
  say_and_end({.code = diagnostic::Code::PS0508,
               .summary = "a library called `exit` with status " + std::to_string(status) + " when the process ended",
               .notes = {"the work was done by then, and its status stays " + std::to_string(status_at_end)},
               .help = {"look at the destructors of its static objects and at its exit handlers"},
               .severity = diagnostic::Severity::warning},
              status_at_end);
}

/** `quick_exit` tells no status and runs no destructors. */
void judge_quick_exit() {
  if (runner == ::getpid() && is_running) fail_the_run();
}

}  // namespace

FailOnExit::FailOnExit(log::Format format, bool moves_rows) {
  format_of_run = format;
  has_rows = moves_rows;
  [[maybe_unused]] static const int registered = ::on_exit(judge_exit, nullptr) | std::at_quick_exit(judge_quick_exit);
  runner = ::getpid();
  is_running = true;
}

FailOnExit::~FailOnExit() { is_running = false; }

void keep_status(Status status) {
  status_at_end = static_cast<int>(status);
  has_ended = true;
}

}  // namespace penstock::cli

/** Stands in front of libc's for every library: there, of threads that exit together, any may end the process, with its own
 *  status, while another one is still saying why. */
void exit(int status) noexcept {
  using namespace penstock::cli;
  if (is_running && runner == ::getpid()) fail_the_run();
  if (auto* const of_libc = reinterpret_cast<void (*)(int)>(::dlsym(RTLD_NEXT, "exit"))) of_libc(status);
  std::_Exit(status);
}
