#include <csignal>
#include <exception>
#include <string>
#include <variant>
#include <vector>

#include "cli/command.hpp"
#include "cli/crash_report.hpp"
#include "cli/fail_on_exit.hpp"

namespace penstock::cli {
namespace {

Status execute(const ShowText& command, Terminal& terminal) {
  terminal.out.write(command.text);
  return Status::well;
}

Status obey(const std::vector<std::string>& arguments, Terminal& terminal) {
  Diagnostics found;
  const auto command = parse_command_line(arguments, found);
  terminal.report(found);
  if (!command) return Status::usage;
  return terminal.end(std::visit([&](const auto& one) { return execute(one, terminal); }, *command));
}

}  // namespace
}  // namespace penstock::cli

int main(int argc, char** argv) {
  using namespace penstock::cli;
  // A closed pipe and a file that may not grow are results of write(), not ends of the process: the change log is to be
  // closed.
  (void)std::signal(SIGPIPE, SIG_IGN);
  (void)std::signal(SIGXFSZ, SIG_IGN);
  reserve_standard_descriptors();
  Terminal terminal;
  Status status = Status::failed;
  try {
    status = obey({argv + (argc > 0 ? 1 : 0), argv + argc}, terminal);
  } catch (const std::exception& error) {
    terminal.fail(error.what());
  }
  keep_status(status);
  guard_end(status);
  return static_cast<int>(status);
}
