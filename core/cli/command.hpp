#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "changelog/query.hpp"
#include "cli/graph.hpp"
#include "cli/status.hpp"
#include "cli/terminal.hpp"
#include "conformance/prove.hpp"
#include "log/host_log.hpp"

namespace penstock::cli {

struct RunCommand {
  std::filesystem::path pipeline;
  std::vector<std::filesystem::path> plugins;
  std::vector<std::string> sets;
  std::optional<std::string> sink;
  std::optional<std::filesystem::path> change_log;  ///< unset: `./<pipeline>.changes`
  bool keep_changes = true;                         ///< false: `--change-log off`
  std::uint64_t limit = std::numeric_limits<std::uint64_t>::max();
  std::chrono::nanoseconds drain_timeout = std::chrono::seconds(30);
  std::uint32_t threads = 0;  ///< 0: as many as there are processors
  bool progress = true;       ///< false: `--progress never`
  log::Level log_level = log::Level::info;
  log::Format log_format = log::Format::text;
  bool json = false;
};

struct ValidateCommand {
  std::filesystem::path pipeline;
  std::vector<std::filesystem::path> plugins;
  std::vector<std::string> sets;
  std::optional<std::string> sink;
  std::optional<GraphFormat> graph;
  log::Level log_level = log::Level::info;
  log::Format log_format = log::Format::text;
  bool json = false;
};

struct ListCommand {
  std::vector<std::filesystem::path> plugins;
  bool all = false;  ///< also what no pipeline can use
  bool json = false;
};

struct InspectCommand {
  std::string subject;  ///< the name of a type, or a file
  std::vector<std::filesystem::path> plugins;
  bool json = false;
};

struct CheckCommand {
  std::vector<std::filesystem::path> files;
  conformance::Selection selection;
  bool json = false;
};

struct AuditShowCommand {
  std::filesystem::path directory;
  changelog::Query query;
  bool json = false;
};

struct AuditVerifyCommand {
  std::filesystem::path directory;
  std::optional<std::string> expected_head;  ///< lower-case hex
  bool json = false;
};

struct AuditHeadCommand {
  std::filesystem::path directory;
  bool json = false;
};

struct ExplainCommand {
  std::string subject;  ///< a code or an interface; empty: what there is to explain
  bool json = false;
};

/** `--help` and `--version`: what was asked for is a text. */
struct ShowText {
  std::string text;
};

using Command = std::variant<RunCommand, ValidateCommand, ListCommand, InspectCommand, CheckCommand, ExplainCommand,
                             AuditShowCommand, AuditVerifyCommand, AuditHeadCommand, ShowText>;

/** Each command is a journey of its own, in a file of its name. Returns what the process ends with. */
[[nodiscard]] Status execute(const RunCommand& command, Terminal& terminal);
[[nodiscard]] Status execute(const ValidateCommand& command, Terminal& terminal);
[[nodiscard]] Status execute(const ListCommand& command, Terminal& terminal);
[[nodiscard]] Status execute(const InspectCommand& command, Terminal& terminal);
[[nodiscard]] Status execute(const CheckCommand& command, Terminal& terminal);
[[nodiscard]] Status execute(const ExplainCommand& command, Terminal& terminal);
[[nodiscard]] Status execute(const AuditShowCommand& command, Terminal& terminal);
[[nodiscard]] Status execute(const AuditVerifyCommand& command, Terminal& terminal);
[[nodiscard]] Status execute(const AuditHeadCommand& command, Terminal& terminal);

/** Understands `arguments` (without the program's name). Reports what it does not understand, with the nearest name. */
[[nodiscard]] std::optional<Command> parse_command_line(const std::vector<std::string>& arguments, Diagnostics& found);

}  // namespace penstock::cli
