// The only file that knows CLI11, which costs nine seconds of compiler. It splits the line into options and their texts;
// what the texts mean, what the help looks like and how a mistake is told is ours.
#include <CLI/CLI.hpp>
#include <algorithm>

#include "cli/command.hpp"
#include "cli/value.hpp"
#include "cli/version.hpp"
#include "diagnostic/suggest.hpp"

namespace penstock::cli {
namespace {

constexpr std::size_t text_column = 28;  ///< of the help, where descriptions begin
constexpr std::size_t line_width = 100;

constexpr const char* plugins_help =
    "look for plugins in DIR (or take the file DIR) before PENSTOCK_PLUGIN_PATH and the installed plugins; may be "
    "repeated";
constexpr const char* set_help = "set a parameter of a node, over what the pipeline file says; may be repeated";
constexpr const char* log_level_help =
    "how much a line of the host's log, which plugins write to, must matter to be shown: error, warning, info (the "
    "default) or debug; changes count as info";
constexpr const char* log_format_help =
    "json: everything on standard error is one JSON object a line: log, diagnostics and summary";
constexpr const char* levels = "error, warning, info or debug";
constexpr const char* sink_help = "replace the sink of the pipeline by one of this type, with its defaults";

/** `penstock audit show` */
std::string full_name(const CLI::App& app) {
  return app.get_parent() == nullptr ? app.get_name() : full_name(*app.get_parent()) + ' ' + app.get_name();
}

// ---- help ----

std::string described(std::string left, const std::string& description) {
  std::string line = "  " + std::move(left);
  line.append(line.size() + 2 > text_column ? 2 : text_column - line.size(), ' ');
  std::string out;
  std::istringstream words(description);
  for (std::string word; words >> word;) {
    if (line.size() + word.size() > line_width) {
      out += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
      line = std::string(text_column, ' ');
    }
    line += word + ' ';
  }
  return out + line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
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
         (arguments.empty() ? "" : "\n") + "options:\n" + options + app.get_footer();
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

void report_leftover(Diagnostics& found, const CLI::App& app, const std::string& argument) {
  if (argument.size() > 1 && argument.front() == '-') {
    const std::string option = argument.substr(0, argument.find('='));
    report(found, app, "`" + full_name(app) + "` has no option `" + option + "`", {},
           diagnostic::suggest(option, option_names(app)));
  } else if (const auto commands = command_names(app); !commands.empty()) {
    report(found, app, "`" + full_name(app) + "` has no command `" + argument + "`", {},
           diagnostic::suggest(argument, commands));
  } else {
    report(found, app, "`" + argument + "` is one argument too many for `" + full_name(app) + "`", {});
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

/** Options of one command while CLI11 fills them in; read() makes the command of them. */
class Parser {
 public:
  virtual ~Parser() = default;
  virtual std::optional<Command> read(Diagnostics& found) = 0;

 protected:
  explicit Parser(CLI::App& app) : app_(app) {}

  void positional(const char* name, std::string& into, const char* help) {
    app_.add_option(name, into, help)->type_name(name)->expected(1);
  }
  void positionals(const char* name, std::vector<std::string>& into, const char* help) {
    app_.add_option(name, into, help)->type_name(std::string(name) + "...");
  }
  void value(const char* name, const char* type_name, std::optional<std::string>& into, const char* help) {
    app_.add_option(name, into, help)->type_name(type_name);
  }
  void repeated(const char* name, const char* type_name, std::vector<std::string>& into, const char* help) {
    app_.add_option(name, into, help)->type_name(type_name)->allow_extra_args(false);
  }
  void flag(const char* name, bool& into, const char* help) { app_.add_flag(name, into, help); }

  /** The positional is there. */
  bool require(const std::string& value, const char* name, Diagnostics& found) const {
    if (value.empty()) report(found, app_, std::string(name) + " is missing", {{name, wanted(name), ""}});
    return !value.empty();
  }

  /** Reads the value of an option, if it was given, into `to`. */
  template <typename Target, typename Parse>
  void take(const std::optional<std::string>& text, const char* option, const char* expected, Parse parse, Target& to,
            Diagnostics& found) const {
    if (!text) return;
    if (auto parsed = parse(*text)) {
      to = *std::move(parsed);
    } else {
      report(found, app_, std::string("option `") + option + "` has a value that it cannot take",
             {{option, expected, *text}});
    }
  }

 private:
  static std::string wanted(std::string_view name) {
    if (name == "FILE") return "a library, or a directory of libraries";
    return name == "DIR" ? "a directory" : name == "PIPELINE" ? "a pipeline file" : "a type or a file";
  }

  CLI::App& app_;
};

std::vector<std::filesystem::path> paths(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

class RunParser : public Parser {
 public:
  explicit RunParser(CLI::App& app) : Parser(app) {
    positional("PIPELINE", pipeline_, "the pipeline file (YAML)");
    repeated("--plugins", "DIR", plugins_, plugins_help);
    repeated("--set", "NODE.PARAM=VALUE", command_.sets, set_help);
    value("--sink", "TYPE", command_.sink, sink_help);
    value("--limit", "ROWS", limit_, "stop the source after ROWS rows");
    value("--change-log", "DIR|off", change_log_,
          "keep the change log in DIR, where a log goes on that is there; without this option ./<pipeline>.changes");
    value("--drain-timeout", "S", drain_timeout_,
          "seconds that a stop waits for what is under way, 30 unless told; 0 does not wait");
    value(
        "--threads", "N|auto", threads_,
        "how many threads the partitions of the pipeline may keep busy, and each plugin; auto, the default: as many as "
        "this process has processors");
    value(
        "--progress", "auto|never", progress_,
        "auto: show changes of audited metrics while they happen, a few lines a second, and on a terminal how far the "
        "run is; never: only the summary");
    value("--log-level", "LEVEL", log_level_, log_level_help);
    value("--log-format", "text|json", log_format_, log_format_help);
    flag("--json", command_.json, "instead of text, one JSON object on standard error when the run has ended");
    app.footer(
        "\nThe first SIGINT or SIGTERM stops the source and drains what is under way, a second one stops\n"
        "after the call at hand, a third one ends the process; the next run then recovers the change log.\n"
        "Rows go to standard output if the sink writes there; everything else goes to standard error.\n"
        "Exit status: 0 all well; 1 the run failed; 2 wrong usage, pipeline or configuration; 3 a plugin was "
        "refused.\n");
  }

  std::optional<Command> read(Diagnostics& found) override {
    (void)require(pipeline_, "PIPELINE", found);
    command_.pipeline = pipeline_;
    command_.plugins = paths(plugins_);
    if (change_log_ == "off") {
      command_.keep_changes = false;
    } else if (change_log_) {
      command_.change_log = *change_log_;
    }
    take(limit_, "--limit", "a number of rows", parse_count, command_.limit, found);
    take(drain_timeout_, "--drain-timeout", "seconds, 0 or more", parse_seconds, command_.drain_timeout, found);
    take(threads_, "--threads", "a number from 1 to 256, or auto", parse_threads, command_.threads, found);
    take(progress_, "--progress", "auto or never", parse_progress, command_.progress, found);
    take(log_level_, "--log-level", levels, log::level_named, command_.log_level, found);
    take(log_format_, "--log-format", "text or json", parse_log_format, command_.log_format, found);
    return command_;
  }

 private:
  RunCommand command_;
  std::string pipeline_;
  std::vector<std::string> plugins_;
  std::optional<std::string> limit_, change_log_, drain_timeout_, threads_, progress_, log_level_, log_format_;
};

class ValidateParser : public Parser {
 public:
  explicit ValidateParser(CLI::App& app) : Parser(app) {
    positional("PIPELINE", pipeline_, "the pipeline file (YAML)");
    repeated("--plugins", "DIR", plugins_, plugins_help);
    repeated("--set", "NODE.PARAM=VALUE", command_.sets, set_help);
    value("--sink", "TYPE", command_.sink, sink_help);
    value("--graph", "dot|mermaid", graph_,
          "print the pipeline as a graph, with the columns on each edge, to be drawn by Graphviz or Mermaid");
    value("--log-level", "LEVEL", log_level_, log_level_help);
    value("--log-format", "text|json", log_format_, log_format_help);
    flag("--json", command_.json, "one JSON object instead of text");
    app.footer(
        "\nThe plugins of the pipeline are loaded, created and configured; nothing is opened and no change log is "
        "kept.\n"
        "Exit status: 0 it could run; 2 wrong usage, pipeline or configuration; 3 a plugin was refused.\n");
  }

  std::optional<Command> read(Diagnostics& found) override {
    (void)require(pipeline_, "PIPELINE", found);
    command_.pipeline = pipeline_;
    command_.plugins = paths(plugins_);
    take(graph_, "--graph", "dot or mermaid", parse_graph_format, command_.graph, found);
    take(log_level_, "--log-level", levels, log::level_named, command_.log_level, found);
    take(log_format_, "--log-format", "text or json", parse_log_format, command_.log_format, found);
    return command_;
  }

 private:
  ValidateCommand command_;
  std::string pipeline_;
  std::vector<std::string> plugins_;
  std::optional<std::string> graph_, log_level_, log_format_;
};

class ListParser : public Parser {
 public:
  explicit ListParser(CLI::App& app) : Parser(app) {
    repeated("--plugins", "DIR", plugins_, plugins_help);
    flag("--all", command_.all, "also types whose name is taken, and libraries that export none");
    flag("--json", command_.json, "one JSON object instead of text, always with everything");
    app.footer(
        "\nPlugins are read, none of their code is run. Each one that was refused is on standard error, with what is "
        "wrong.\n"
        "Exit status: 0, also with refused plugins; 2 wrong usage.\n");
  }

  std::optional<Command> read(Diagnostics&) override {
    command_.plugins = paths(plugins_);
    return command_;
  }

 private:
  ListCommand command_;
  std::vector<std::string> plugins_;
};

class InspectParser : public Parser {
 public:
  explicit InspectParser(CLI::App& app) : Parser(app) {
    positional("TYPE|FILE", command_.subject, "a type that `penstock list` shows, or a plugin's file");
    repeated("--plugins", "DIR", plugins_, plugins_help);
    flag("--json", command_.json, "one JSON object instead of text");
    app.footer(
        "\nShows parameters, metrics, columns and methods, and what the library is built for and needs. The file is "
        "read, "
        "none of\nits code is run.\n"
        "Exit status: 0 all well; 2 wrong usage, or there is no such type; 3 what was asked for was refused.\n");
  }

  std::optional<Command> read(Diagnostics& found) override {
    (void)require(command_.subject, "TYPE|FILE", found);
    command_.plugins = paths(plugins_);
    return command_;
  }

 private:
  InspectCommand command_;
  std::vector<std::string> plugins_;
};

class CheckParser : public Parser {
 public:
  explicit CheckParser(CLI::App& app) : Parser(app) {
    positionals("FILE", files_, "a library, or a directory whose plugins are checked; may be repeated");
    value("--level", "1|2", level_,
          "1: what the file says, none of its code is run; 2, the default: also what it does while it is loaded; "
          "levels 3 to 5 have no tests yet");
    repeated("--only", "GLOB", command_.selection.only,
             "only tests whose id matches GLOB, such as 'CT-1*'; may be repeated");
    repeated("--except", "GLOB", command_.selection.except, "no tests whose id matches GLOB; may be repeated");
    value("--timeout", "S", timeout_, "seconds that one test may take, 10 unless told; then it is killed");
    flag("--json", command_.json, "one JSON object instead of text");
    app.footer(
        "\nNo plugin is loaded into this process: each test of level 2 has one of its own, which may crash,\n"
        "hang or exit.\n"
        "Exit status: 0 all well, also with warnings; 1 a test failed, crashed or took too long; 2 wrong usage,\n"
        "or nothing to check.\n");
  }

  std::optional<Command> read(Diagnostics& found) override {
    (void)require(files_.empty() ? "" : files_.front(), "FILE", found);
    command_.files = paths(files_);
    take(level_, "--level", "1 or 2: levels 3 to 5 have no tests yet", parse_level, command_.selection.level, found);
    take(timeout_, "--timeout", "seconds, more than 0", parse_timeout, command_.selection.limit, found);
    return command_;
  }

 private:
  CheckCommand command_;
  std::vector<std::string> files_;
  std::optional<std::string> level_, timeout_;
};

class ExplainParser : public Parser {
 public:
  explicit ExplainParser(CLI::App& app) : Parser(app) {
    positional("SUBJECT", command_.subject,
               "the code of a diagnostic (PS0201, or 201) or an interface (Source, Stage, Sink); without it, a list of "
               "both");
    flag("--json", command_.json, "one JSON object instead of text");
    app.footer("\nExit status: 0; 2 wrong usage, or there is no such code or interface.\n");
  }

  std::optional<Command> read(Diagnostics&) override { return command_; }

 private:
  ExplainCommand command_;
};

class AuditShowParser : public Parser {
 public:
  explicit AuditShowParser(CLI::App& app) : Parser(app) {
    positional("DIR", directory_, "the directory of a change log");
    value("--node", "NODE", command_.query.node, "only changes of this node");
    value("--metric", "METRIC", command_.query.metric,
          "only changes of this metric (name or label), parameter or event");
    value("--kind", "KIND", kind_, "only one kind: change, rejected, parameter or lifecycle");
    value("--since", "TIME", since_, "only changes at TIME or later: RFC 3339 (2026-11-25T01:41:21Z) or a date (UTC)");
    value("--until", "TIME", until_, "only changes before TIME");
    value("--after", "SEQ", after_, "only changes with a greater number");
    flag("--json", command_.json, "one JSON object a line instead of columns");
    app.footer(
        "\nReads only; a run may be writing the log meanwhile.\n"
        "Exit status: 0 all well; 1 a part of the log is damaged; 2 wrong usage, or there is no change log.\n");
  }

  std::optional<Command> read(Diagnostics& found) override {
    (void)require(directory_, "DIR", found);
    command_.directory = directory_;
    take(kind_, "--kind", "change, rejected, parameter or lifecycle", changelog::kind_named, command_.query.kind,
         found);
    take(since_, "--since", "an RFC 3339 time or a date", changelog::parse_time, command_.query.since_ns, found);
    take(until_, "--until", "an RFC 3339 time or a date", changelog::parse_time, command_.query.until_ns, found);
    take(after_, "--after", "the number of a change", parse_count, command_.query.after, found);
    return command_;
  }

 private:
  AuditShowCommand command_;
  std::string directory_;
  std::optional<std::string> kind_, since_, until_, after_;
};

class AuditVerifyParser : public Parser {
 public:
  explicit AuditVerifyParser(CLI::App& app) : Parser(app) {
    positional("DIR", directory_, "the directory of a change log");
    value("--expect-head", "HASH", head_,
          "fail unless the last link of the chain is HASH, as it was once written down");
    flag("--json", command_.json, "one JSON object instead of text");
    app.footer(
        "\nReads only.\n"
        "Exit status: 0 every link of the chain holds; 1 the log is damaged, or not closed and no run is writing it;\n"
        "2 wrong usage, or there is no change log.\n");
  }

  std::optional<Command> read(Diagnostics& found) override {
    (void)require(directory_, "DIR", found);
    command_.directory = directory_;
    take(head_, "--expect-head", "64 hex digits", parse_hash, command_.expected_head, found);
    return command_;
  }

 private:
  AuditVerifyCommand command_;
  std::string directory_;
  std::optional<std::string> head_;
};

class AuditHeadParser : public Parser {
 public:
  explicit AuditHeadParser(CLI::App& app) : Parser(app) {
    positional("DIR", directory_, "the directory of a change log");
    flag("--json", command_.json, "one JSON object instead of text");
    app.footer(
        "\nWalks the whole chain as `audit verify` does. Write the hash down where nobody can change it, and give it "
        "to\n"
        "`penstock audit verify DIR --expect-head HASH` later.\n"
        "Exit status: 0 every link of the chain holds; 1 the log is damaged, or not closed and no run is writing it;\n"
        "2 wrong usage, or there is no change log.\n");
  }

  std::optional<Command> read(Diagnostics& found) override {
    (void)require(directory_, "DIR", found);
    command_.directory = directory_;
    return command_;
  }

 private:
  AuditHeadCommand command_;
  std::string directory_;
};

/** The whole command line: the tree of apps, and who reads each leaf. */
class CommandLine {
 public:
  CommandLine() {
    prepare(root_);
    root_.add_flag("--version", version_, "print the version, and how this program was built");
    root_.footer("\nSee `penstock COMMAND --help`.\n");
    add<RunParser>(root_, "run", "run a pipeline until its source ends or it is asked to stop");
    add<ValidateParser>(root_, "validate", "check a pipeline as a run would, and do not run it");
    add<ListParser>(root_, "list", "list the types that plugins export, and what was refused");
    add<InspectParser>(root_, "inspect", "show everything that a plugin says about a type");
    add<CheckParser>(root_, "check", "prove what a plugin keeps to, test by test");
    add<ExplainParser>(root_, "explain", "say what a code means, or what an interface asks for");
    CLI::App& audit = prepare(*root_.add_subcommand("audit", "read and verify a change log"));
    audit.footer("\nSee `penstock audit COMMAND --help`.\n");
    add<AuditShowParser>(audit, "show", "show the changes on a log");
    add<AuditVerifyParser>(audit, "verify", "check every link of a log's chain");
    add<AuditHeadParser>(audit, "head", "print the last link of a log's chain, to be written down");
  }

  std::optional<Command> parse(std::vector<std::string> arguments, Diagnostics& found) {
    // No positional of ours begins with a dash, so that there is nothing for `--` to protect; CLI11 would keep it.
    if (const auto end = std::ranges::find(arguments, "--"); end != arguments.end()) arguments.erase(end);
    std::reverse(arguments.begin(), arguments.end());  // the order that CLI11's vector overload wants
    try {
      root_.parse(arguments);
    } catch (const CLI::ArgumentMismatch& error) {
      report_mismatch(found, deepest(root_), error.what());
      return std::nullopt;
    } catch (const CLI::ParseError& error) {
      report(found, deepest(root_), "the command line is not understood", {{"", "", error.what()}});
      return std::nullopt;
    }
    return read(found);
  }

 private:
  CLI::App& prepare(CLI::App& app) {
    app.set_help_flag("");
    app.allow_extras();
    app.add_flag("-h,--help", help_, "print this text");
    return app;
  }

  template <typename CommandParser>
  void add(CLI::App& parent, const char* name, const char* description) {
    CLI::App& app = *parent.add_subcommand(name, description);
    parsers_.emplace_back(&app, std::make_unique<CommandParser>(app));
    prepare(app);
  }

  static CLI::App& deepest(CLI::App& app) {
    const auto chosen = app.get_subcommands();
    return chosen.empty() ? app : deepest(*chosen.front());
  }

  std::optional<Command> read(Diagnostics& found) {
    CLI::App& app = deepest(root_);
    if (help_) return ShowText{help_of(app)};
    if (version_) return ShowText{version_text()};
    if (const auto left = root_.remaining(true); !left.empty()) {
      report_leftover(found, app, left.front());
      return std::nullopt;
    }
    report_empty_values(found, app);
    for (const auto& [its_app, parser] : parsers_) {
      if (its_app != &app) continue;
      auto command = parser->read(found);
      if (found.has_errors()) return std::nullopt;
      return command;
    }
    report(found, app, "`" + full_name(app) + "` needs a command", {}, diagnostic::suggest("", command_names(app)));
    return std::nullopt;
  }

  CLI::App root_{"a host for sensor-analytics pipelines made of plugins", "penstock"};
  bool help_ = false, version_ = false;
  std::vector<std::pair<CLI::App*, std::unique_ptr<Parser>>> parsers_;
};

}  // namespace

std::optional<Command> parse_command_line(const std::vector<std::string>& arguments, Diagnostics& found) {
  return CommandLine().parse(arguments, found);
}

}  // namespace penstock::cli
