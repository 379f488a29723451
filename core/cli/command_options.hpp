#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace penstock::cli {

/** Where a command says what it may be given. What is given stands in `into` by the time that the command is read; `into` is
 *  to live until then, and `help` begins in lower case. */
class OptionList {
 public:
  virtual void positional(const char* name, std::string& into, const char* help) = 0;
  virtual void positionals(const char* name, std::vector<std::string>& into, const char* help) = 0;
  virtual void value(const char* name, const char* type, std::optional<std::string>& into, const char* help) = 0;
  virtual void repeated(const char* name, const char* type, std::vector<std::string>& into, const char* help) = 0;
  virtual void flag(const char* name, bool& into, const char* help) = 0;
  /** Ends the help: what else to know, and what the exit status means. Each line is a paragraph, which the help wraps. */
  virtual void footer(const char* text) = 0;

 protected:
  ~OptionList() = default;
};

/** Where a command tells what it was given and cannot take. */
class Mistakes {
 public:
  virtual void report(std::string summary, std::vector<diagnostic::Comparison> comparisons) const = 0;

 protected:
  ~Mistakes() = default;
};

/** The options of one command: declared when they are made, read once. */
class CommandOptions {
 public:
  CommandOptions() = default;
  CommandOptions(const CommandOptions&) = delete;
  CommandOptions& operator=(const CommandOptions&) = delete;
  virtual ~CommandOptions() = default;

  /** What was given means; to be obeyed if no mistake was told. */
  [[nodiscard]] virtual Command read(const Mistakes& mistakes) = 0;
};

struct NamedCommand {
  const char* name;  ///< `run`; `audit show` is the command `show` of the group `audit`, which comes before it
  const char* description;
  std::unique_ptr<CommandOptions> (*make)(OptionList& options);  ///< nullptr: a group
};

/** Every command, as the help lists them. */
[[nodiscard]] std::span<const NamedCommand> commands() noexcept;

}  // namespace penstock::cli
