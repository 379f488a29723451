// The only file that knows CLI11, which costs nine seconds of compiler. It splits the line into options and their texts;
// what the texts mean, what the help looks like and how a mistake is told is ours.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>

#include "cli/command_options.hpp"
#include "cli/stray_argument.hpp"
#include "cli/version.hpp"
#include "diagnostic/suggest.hpp"

namespace penstock::cli {
namespace {

constexpr std::size_t text_column = 28;  ///< of the help, where descriptions begin
constexpr std::size_t line_width = 100;

/** `penstock audit show` */
std::string full_name(const CLI::App& app) {
  return app.get_parent() == nullptr ? app.get_name() : full_name(*app.get_parent()) + ' ' + app.get_name();
}

// ---- help ----

/** `line`, and on it the words of `text`; what follows is indented. */
std::string wrapped(std::string line, const std::string& text, std::size_t indentation) {
  std::string out;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (line.size() + word.size() > line_width) {
      out += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
      line = std::string(indentation, ' ');
    }
    line += word + ' ';
  }
  return out + line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
}

std::string described(std::string left, const std::string& description) {
  std::string line = "  " + std::move(left);
  line.append(line.size() + 2 > text_column ? 2 : text_column - line.size(), ' ');
  return wrapped(std::move(line), description, text_column);
}

/** Each line of `text` is a paragraph. */
std::string paragraphs(const std::string& text) {
  std::string out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) out += wrapped({}, line, 0);
  return out;
}

std::string option_name(const CLI::Option& option) {
  std::string name = option.get_snames().empty() ? "" : "-" + option.get_snames().front() + ", ";
  name += "--" + option.get_lnames().front();
  return option.get_type_size() == 0 ? name : name + ' ' + option.get_type_name();
}

std::string help_of(const CLI::App& app) {
  const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
  std::string usage = "usage: " + full_name(app);
  std::string arguments, options;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional()) {
      usage += ' ' + option->get_type_name();
      arguments += described(option->get_type_name(), option->get_description());
    } else {
      options += described(option_name(*option), option->get_description());
    }
  }
  for (const CLI::App* command : commands) arguments += described(command->get_name(), command->get_description());
  usage += commands.empty() ? " [OPTION]..." : " COMMAND";
  const std::string arguments_heading = commands.empty() ? "" : "commands:\n";
  return full_name(app) + ": " + app.get_description() + "\n\n" + usage + "\n\n" + arguments_heading + arguments +
         (arguments.empty() ? "" : "\n") + "options:\n" + options + paragraphs(app.get_footer());
}

// ---- mistakes ----

void report(Diagnostics& found, const CLI::App& app, std::string summary,
            std::vector<diagnostic::Comparison> comparisons, std::string suggestion = {}) {
  std::vector<std::string> help;
  if (!suggestion.empty()) help.push_back(std::move(suggestion));
  help.push_back("see `" + full_name(app) + " --help`");
  found.add({.code = diagnostic::Code::PS0001,
             .summary = std::move(summary),
             .comparisons = std::move(comparisons),
             .help = std::move(help)});
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options())
    if (!option->get_positional()) names.push_back("--" + option->get_lnames().front());
  return names;
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(command->get_name());
  return names;
}

std::optional<SecondValue> second_value_of(const CLI::App& app, const std::string& argument,
                                           const std::vector<std::string>& arguments) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional() || option->get_items_expected_max() < 2) continue;
    if (auto found = find_second_value(arguments, "--" + option->get_lnames().front(), argument)) return found;
  }
  return std::nullopt;
}

void report_surplus(Diagnostics& found, const CLI::App& app, std::string argument,
                    const std::vector<std::string>& arguments) {
  std::string advice;
  if (const auto second = second_value_of(app, argument, arguments)) {
    argument = second->value;
    advice = "each value has an option of its own: write `" + second->written + '`';
  } else if (app.get_option_no_throw("--set") != nullptr && is_setting(argument)) {
    advice = "write `--set " + diagnostic::for_shell(argument) + '`';
  }
  report(found, app, "`" + argument + "` is one argument too many for `" + full_name(app) + "`", {}, std::move(advice));
}

/** A command that was left out before what it is about, or one that is misspelt. */
void report_no_command(Diagnostics& found, const CLI::App& app, const std::string& argument,
                       const std::vector<std::string>& commands) {
  const std::string whole = "penstock " + std::string(command_for(argument));
  const std::string advice = !command_for(argument).empty() && whole.starts_with(full_name(app) + ' ')
                                 ? "did you mean `" + whole + ' ' + diagnostic::for_shell(argument) + "`?"
                                 : diagnostic::suggest(argument, commands, commands.size());
  report(found, app, "`" + full_name(app) + "` has no command `" + argument + "`", {}, advice);
}

void report_leftover(Diagnostics& found, const CLI::App& app, const std::string& argument,
                     const std::vector<std::string>& arguments) {
  const bool takes_settings = app.get_option_no_throw("--set") != nullptr;
  if (const auto cut = takes_settings ? find_cut_setting(arguments) : std::nullopt)
    return report(found, app, "`--set " + cut->name + "` and its value are two arguments", {},
                  "write `--set " + cut->written + '`');
  if (argument.size() > 1 && argument.front() == '-') {
    const std::string option = argument.substr(0, argument.find('='));
    report(found, app, "`" + full_name(app) + "` has no option `" + option + "`", {},
           diagnostic::suggest(option, option_names(app)));
  } else if (const auto commands = command_names(app); !commands.empty()) {
    report_no_command(found, app, argument, commands);
  } else {
    report_surplus(found, app, argument, arguments);
  }
}

void report_missing_value(Diagnostics& found, const CLI::App& app, const std::string& option) {
  report(found, app, "option `" + option + "` needs a value", {});
}

void report_mismatch(Diagnostics& found, const CLI::App& app, const std::string& said) {
  const std::string option = said.substr(0, said.find(':'));
  if (said.find("At Most") == std::string::npos) return report_missing_value(found, app, option);
  report(found, app, "option `" + option + "` is given more than once", {});
}

/** `--sink ""` is as good as no value: mostly a variable of a script that was empty. */
void report_empty_values(Diagnostics& found, const CLI::App& app) {
  for (const CLI::Option* option : app.get_options())
    if (!option->get_positional() && std::ranges::count(option->results(), "") > 0)
      report_missing_value(found, app, "--" + option->get_lnames().front());
}

// ---- the commands ----

class AppOptions final : public OptionList {
 public:
  explicit AppOptions(CLI::App& app) : app_(app) {}

  void positional(const char* name, std::string& into, const char* help) override {
    app_.add_option(name, into, help)->type_name(name)->expected(1);
  }
  void positionals(const char* name, std::vector<std::string>& into, const char* help) override {
    app_.add_option(name, into, help)->type_name(std::string(name) + "...");
  }
  void value(const char* name, const char* type, std::optional<std::string>& into, const char* help) override {
    app_.add_option(name, into, help)->type_name(type);
  }
  void repeated(const char* name, const char* type, std::vector<std::string>& into, const char* help) override {
    app_.add_option(name, into, help)->type_name(type)->allow_extra_args(false);
  }
  void flag(const char* name, bool& into, const char* help) override { app_.add_flag(name, into, help); }
  void footer(const char* text) override { app_.footer(text); }

 private:
  CLI::App& app_;
};

class AppMistakes final : public Mistakes {
 public:
  AppMistakes(const CLI::App& app, Diagnostics& found) : app_(app), found_(found) {}

  void report(std::string summary, std::vector<diagnostic::Comparison> comparisons) const override {
    cli::report(found_, app_, std::move(summary), std::move(comparisons));
  }

 private:
  const CLI::App& app_;
  Diagnostics& found_;
};

/** The whole command line: the tree of apps, and who reads each leaf. */
class CommandLine {
 public:
  CommandLine() {
    prepare(root_);
    root_.add_flag("--version", version_, "print the version, and how this program was built");
    root_.footer("\nSee `penstock COMMAND --help`.\n");
    for (const NamedCommand& command : commands()) add(command);
  }

  std::optional<Command> parse(std::vector<std::string> arguments, Diagnostics& found) {
    // No positional of ours begins with a dash, so that there is nothing for `--` to protect; CLI11 would keep it.
    if (const auto end = std::ranges::find(arguments, "--"); end != arguments.end()) arguments.erase(end);
    const bool asks_in_a_word = take_word_for_help(arguments);
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    try {
      root_.parse(reversed);  // the order that CLI11's vector overload wants
    } catch (const CLI::ArgumentMismatch& error) {
      report_mismatch(found, deepest(root_), error.what());
      return std::nullopt;
    } catch (const CLI::ParseError& error) {
      report(found, deepest(root_), "the command line is not understood", {{"", "", error.what()}});
      return std::nullopt;
    }
    if (asks_in_a_word && root_.remaining(true).empty()) return ShowText{help_of(deepest(root_))};
    return read(arguments, found);
  }

 private:
  /** `penstock help run`, `penstock audit help`: takes the word out, so that what it is about is left. */
  static bool take_word_for_help(std::vector<std::string>& arguments) {
    const auto is_group = [](const std::string& argument) {
      return std::ranges::any_of(commands(),
                                 [&](const NamedCommand& one) { return one.make == nullptr && argument == one.name; });
    };
    const auto word = std::ranges::find_if_not(arguments, is_group);
    if (word == arguments.end() || *word != "help") return false;
    arguments.erase(word);
    return true;
  }

  void prepare(CLI::App& app) {
    app.set_help_flag("");
    app.allow_extras();
    app.add_flag("-h,--help", help_, "print this text");
  }

  void add(const NamedCommand& command) {
    const std::string name = command.name;
    const std::size_t space = name.rfind(' ');
    CLI::App& parent = space == std::string::npos ? root_ : *root_.get_subcommand(name.substr(0, space));
    CLI::App& app = *parent.add_subcommand(name.substr(space + 1), command.description);
    if (command.make == nullptr) {
      app.footer("\nSee `" + full_name(app) + " COMMAND --help`.\n");
    } else {
      AppOptions options(app);
      options_.emplace(&app, command.make(options));
    }
    prepare(app);
  }

  static CLI::App& deepest(CLI::App& app) {
    const auto chosen = app.get_subcommands();
    return chosen.empty() ? app : deepest(*chosen.front());
  }

  std::optional<Command> read(const std::vector<std::string>& arguments, Diagnostics& found) {
    CLI::App& app = deepest(root_);
    if (help_) return ShowText{help_of(app)};
    if (version_) return ShowText{version_text()};
    if (const auto left = root_.remaining(true); !left.empty()) {
      report_leftover(found, app, left.front(), arguments);
      return std::nullopt;
    }
    report_empty_values(found, app);
    if (const auto options = options_.find(&app); options != options_.end()) {
      Command command = options->second->read(AppMistakes(app, found));
      return found.has_errors() ? std::nullopt : std::optional(std::move(command));
    }
    const auto names = command_names(app);
    report(found, app, "`" + full_name(app) + "` needs a command", {}, diagnostic::suggest("", names, names.size()));
    return std::nullopt;
  }

  CLI::App root_{"a host for sensor-analytics pipelines made of plugins", "penstock"};
  bool help_ = false, version_ = false;
  std::map<const CLI::App*, std::unique_ptr<CommandOptions>> options_;  ///< of what is no group
};

}  // namespace

std::optional<Command> parse_command_line(const std::vector<std::string>& arguments, Diagnostics& found) {
  return CommandLine().parse(arguments, found);
}

}  // namespace penstock::cli
