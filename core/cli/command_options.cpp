#include "cli/command_options.hpp"

#include "cli/value.hpp"

namespace penstock::cli {
namespace {

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
constexpr const char* sink_help =
    "replace the sink of the pipeline by one of this type, with its defaults; --set TYPE.PARAM=VALUE sets its "
    "parameters";

/** Reads the value of an option, if it was given, into `to`. */
template <typename Target, typename Parse>
void take(const std::optional<std::string>& text, const char* option, const char* expected, Parse parse, Target& to,
          const Mistakes& mistakes) {
  if (!text) return;
  if (auto parsed = parse(*text)) {
    to = *std::move(parsed);
  } else {
    mistakes.report(std::string("option `") + option + "` has a value that it cannot take",
                    {{option, expected, *text}});
  }
}

void require(const std::string& value, const char* name, const char* expected, const Mistakes& mistakes) {
  if (value.empty()) mistakes.report(std::string(name) + " is missing", {{name, expected, ""}});
}

constexpr const char* a_pipeline = "a pipeline file";
constexpr const char* a_directory = "a directory";

std::vector<std::filesystem::path> paths(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

class RunOptions final : public CommandOptions {
 public:
  explicit RunOptions(OptionList& options) {
    options.positional("PIPELINE", pipeline_, "the pipeline file (YAML)");
    options.repeated("--plugins", "DIR", plugins_, plugins_help);
    options.repeated("--set", "NODE.PARAM=VALUE", command_.sets, set_help);
    options.value("--sink", "TYPE", command_.sink, sink_help);
    options.value("--limit", "ROWS", limit_, "stop the source after ROWS rows");
    options.value(
        "--change-log", "DIR|off", change_log_,
        "keep the change log in DIR, where a log goes on that is there; without this option ./<pipeline>.changes");
    options.value("--drain-timeout", "S", drain_timeout_,
                  "seconds that a stop waits for what is under way, 30 unless told; 0 does not wait");
    options.value(
        "--threads", "N|auto", threads_,
        "how many threads the partitions of the pipeline may keep busy, and each plugin; auto, the default: as many as "
        "this process has processors");
    options.value(
        "--progress", "auto|never", progress_,
        "auto: show changes of audited metrics while they happen, a few lines a second, and on a terminal how far the "
        "run is; never: only the summary");
    options.value("--log-level", "LEVEL", log_level_, log_level_help);
    options.value("--log-format", "text|json", log_format_, log_format_help);
    options.flag("--json", command_.json, "instead of text, one JSON object on standard error when the run has ended");
    options.footer(
        "\n"
        "The first SIGINT or SIGTERM stops the source and drains what is under way, a second one stops after the call "
        "at hand, a third one ends the process; the next run then recovers the change log.\n"
        "Rows go to standard output if the sink writes there; everything else goes to standard error.\n\n"
        "In the summary, rows read and emitted (made by a stage) are as many as those delivered to the sink, filtered, "
        "rejected, absorbed (by a stage that emits others for them) and unacknowledged (on their way at the end).\n"
        "Exit status: 0 all well; 1 the run failed; 2 wrong usage, pipeline or configuration; 3 a plugin was "
        "refused.\n");
  }

  Command read(const Mistakes& mistakes) override {
    require(pipeline_, "PIPELINE", a_pipeline, mistakes);
    command_.pipeline = pipeline_;
    command_.plugins = paths(plugins_);
    if (change_log_ == "off") {
      command_.keep_changes = false;
    } else if (change_log_) {
      command_.change_log = *change_log_;
    }
    take(limit_, "--limit", "a number of rows", parse_count, command_.limit, mistakes);
    take(drain_timeout_, "--drain-timeout", "seconds, 0 to 86400 (a day)", parse_seconds, command_.drain_timeout,
         mistakes);
    take(threads_, "--threads", "a number from 1 to 256, or auto", parse_threads, command_.threads, mistakes);
    take(progress_, "--progress", "auto or never", parse_progress, command_.progress, mistakes);
    take(log_level_, "--log-level", levels, log::level_named, command_.log_level, mistakes);
    take(log_format_, "--log-format", "text or json", parse_log_format, command_.log_format, mistakes);
    return command_;
  }

 private:
  RunCommand command_;
  std::string pipeline_;
  std::vector<std::string> plugins_;
  std::optional<std::string> limit_, change_log_, drain_timeout_, threads_, progress_, log_level_, log_format_;
};

class ValidateOptions final : public CommandOptions {
 public:
  explicit ValidateOptions(OptionList& options) {
    options.positional("PIPELINE", pipeline_, "the pipeline file (YAML)");
    options.repeated("--plugins", "DIR", plugins_, plugins_help);
    options.repeated("--set", "NODE.PARAM=VALUE", command_.sets, set_help);
    options.value("--sink", "TYPE", command_.sink, sink_help);
    options.value("--graph", "dot|mermaid", graph_,
                  "print the pipeline as a graph, with the columns on each edge, to be drawn by Graphviz or Mermaid");
    options.value("--log-level", "LEVEL", log_level_, log_level_help);
    options.value("--log-format", "text|json", log_format_, log_format_help);
    options.flag("--json", command_.json, "one JSON object instead of text");
    options.footer(
        "\n"
        "The plugins of the pipeline are loaded, created and configured; nothing is opened and no change log is kept.\n"
        "Exit status: 0 it could run; 2 wrong usage, pipeline or configuration; 3 a plugin was refused.\n");
  }

  Command read(const Mistakes& mistakes) override {
    require(pipeline_, "PIPELINE", a_pipeline, mistakes);
    command_.pipeline = pipeline_;
    command_.plugins = paths(plugins_);
    take(graph_, "--graph", "dot or mermaid", parse_graph_format, command_.graph, mistakes);
    take(log_level_, "--log-level", levels, log::level_named, command_.log_level, mistakes);
    take(log_format_, "--log-format", "text or json", parse_log_format, command_.log_format, mistakes);
    return command_;
  }

 private:
  ValidateCommand command_;
  std::string pipeline_;
  std::vector<std::string> plugins_;
  std::optional<std::string> graph_, log_level_, log_format_;
};

class ListOptions final : public CommandOptions {
 public:
  explicit ListOptions(OptionList& options) {
    options.repeated("--plugins", "DIR", plugins_, plugins_help);
    options.flag("--all", command_.all, "also types whose name is taken, and libraries that export none");
    options.flag("--json", command_.json, "one JSON object instead of text, always with everything");
    options.footer(
        "\n"
        "Plugins are read, none of their code is run. Each one that was refused is on standard error, with what is "
        "wrong.\n"
        "Exit status: 0, also with refused plugins; 2 wrong usage.\n");
  }

  Command read(const Mistakes&) override {
    command_.plugins = paths(plugins_);
    return command_;
  }

 private:
  ListCommand command_;
  std::vector<std::string> plugins_;
};

class InspectOptions final : public CommandOptions {
 public:
  explicit InspectOptions(OptionList& options) {
    options.positional("TYPE|FILE", command_.subject, "a type that `penstock list` shows, or a plugin's file");
    options.repeated("--plugins", "DIR", plugins_, plugins_help);
    options.flag("--json", command_.json, "one JSON object instead of text");
    options.footer(
        "\n"
        "Shows parameters, metrics, columns and methods, and what the library is built for and needs. The file is "
        "read, none of its code is run.\n"
        "Exit status: 0 all well; 2 wrong usage, or there is no such type; 3 what was asked for was refused.\n");
  }

  Command read(const Mistakes& mistakes) override {
    require(command_.subject, "TYPE|FILE", "a type or a file", mistakes);
    command_.plugins = paths(plugins_);
    return command_;
  }

 private:
  InspectCommand command_;
  std::vector<std::string> plugins_;
};

class CheckOptions final : public CommandOptions {
 public:
  explicit CheckOptions(OptionList& options) {
    options.positionals("FILE", files_, "a library, or a directory whose plugins are checked; may be repeated");
    options.value(
        "--level", "1|2", level_,
        "1: what the file says, none of its code is run; 2, the default: also what it does while it is loaded; "
        "levels 3 to 5 have no tests yet");
    options.repeated(
        "--only", "GLOB", command_.selection.only,
        "only tests whose id matches GLOB, such as 'CT-1*'; may be repeated; `penstock explain` lists them");
    options.repeated("--except", "GLOB", command_.selection.except, "no tests whose id matches GLOB; may be repeated");
    options.value("--timeout", "S", timeout_, "seconds that one test may take, 10 unless told; then it is killed");
    options.flag("--json", command_.json, "one JSON object instead of text");
    options.footer(
        "\n"
        "No plugin is loaded into this process: each test of level 2 has one of its own, which may crash, hang or "
        "exit.\n"
        "Exit status: 0 all well, also with warnings; 1 a test failed, crashed or took too long; 2 wrong usage, or "
        "nothing to check.\n");
  }

  Command read(const Mistakes& mistakes) override {
    require(files_.empty() ? "" : files_.front(), "FILE", "a library, or a directory of libraries", mistakes);
    command_.files = paths(files_);
    take(level_, "--level", "1 or 2: levels 3 to 5 have no tests yet", parse_level, command_.selection.level, mistakes);
    take(timeout_, "--timeout", "seconds, more than 0 and at most 86400 (a day)", parse_timeout,
         command_.selection.limit, mistakes);
    return command_;
  }

 private:
  CheckCommand command_;
  std::vector<std::string> files_;
  std::optional<std::string> level_, timeout_;
};

class ExplainOptions final : public CommandOptions {
 public:
  explicit ExplainOptions(OptionList& options) {
    options.positional(
        "SUBJECT", command_.subject,
        "the code of a diagnostic (PS0201, or 201), an interface (Source, Stage, Sink) or a test of `penstock check` "
        "(CT-105); without it, a list of all");
    options.flag("--json", command_.json, "one JSON object instead of text");
    options.footer(
        "\n"
        "Exit status: 0; 2 wrong usage, or there is no page about SUBJECT.\n");
  }

  Command read(const Mistakes&) override { return command_; }

 private:
  ExplainCommand command_;
};

class AuditShowOptions final : public CommandOptions {
 public:
  explicit AuditShowOptions(OptionList& options) {
    options.positional("DIR", directory_, "the directory of a change log");
    options.value("--node", "NODE", command_.query.node, "only changes of this node");
    options.value("--metric", "METRIC", command_.query.metric,
                  "only changes of this metric (name or label), parameter or event");
    options.value("--kind", "KIND", kind_, "only one kind: change, rejected, parameter or lifecycle");
    options.value("--since", "TIME", since_,
                  "only changes at TIME or later: RFC 3339 (2026-11-25T01:41:21Z) or a date (UTC)");
    options.value("--until", "TIME", until_, "only changes before TIME");
    options.value("--after", "SEQ", after_, "only changes with a greater number");
    options.flag("--json", command_.json, "one JSON object a line instead of columns");
    options.footer(
        "\n"
        "Reads only; a run may be writing the log meanwhile.\n"
        "Exit status: 0 all well; 1 a part of the log is damaged; 2 wrong usage, or there is no change log.\n");
  }

  Command read(const Mistakes& mistakes) override {
    require(directory_, "DIR", a_directory, mistakes);
    command_.directory = directory_;
    take(kind_, "--kind", "change, rejected, parameter or lifecycle", changelog::kind_named, command_.query.kind,
         mistakes);
    take(since_, "--since", "an RFC 3339 time or a date", changelog::parse_time, command_.query.since_ns, mistakes);
    take(until_, "--until", "an RFC 3339 time or a date", changelog::parse_time, command_.query.until_ns, mistakes);
    take(after_, "--after", "the number of a change", parse_count, command_.query.after, mistakes);
    return command_;
  }

 private:
  AuditShowCommand command_;
  std::string directory_;
  std::optional<std::string> kind_, since_, until_, after_;
};

class AuditVerifyOptions final : public CommandOptions {
 public:
  explicit AuditVerifyOptions(OptionList& options) {
    options.positional("DIR", directory_, "the directory of a change log");
    options.value("--expect-head", "HASH", head_,
                  "fail unless the last link of the chain is HASH, as it was once written down");
    options.flag("--json", command_.json, "one JSON object instead of text");
    options.footer(
        "\n"
        "Reads only.\n"
        "Exit status: 0 every link of the chain holds; 1 the log is damaged, or not closed and no run is writing it; 2 "
        "wrong usage, or there is no change log.\n");
  }

  Command read(const Mistakes& mistakes) override {
    require(directory_, "DIR", a_directory, mistakes);
    command_.directory = directory_;
    take(head_, "--expect-head", "64 hex digits", parse_hash, command_.expected_head, mistakes);
    return command_;
  }

 private:
  AuditVerifyCommand command_;
  std::string directory_;
  std::optional<std::string> head_;
};

class AuditHeadOptions final : public CommandOptions {
 public:
  explicit AuditHeadOptions(OptionList& options) {
    options.positional("DIR", directory_, "the directory of a change log");
    options.flag("--json", command_.json, "one JSON object instead of text");
    options.footer(
        "\n"
        "Walks the whole chain as `audit verify` does. Write the hash down where nobody can change it, and give it to "
        "`penstock audit verify DIR --expect-head HASH` later.\n"
        "Exit status: 0 every link of the chain holds; 1 the log is damaged, or not closed and no run is writing it; 2 "
        "wrong usage, or there is no change log.\n");
  }

  Command read(const Mistakes& mistakes) override {
    require(directory_, "DIR", a_directory, mistakes);
    command_.directory = directory_;
    return command_;
  }

 private:
  AuditHeadCommand command_;
  std::string directory_;
};

template <typename Options>
std::unique_ptr<CommandOptions> make(OptionList& options) {
  return std::make_unique<Options>(options);
}

constexpr NamedCommand all[] = {
    {"run", "run a pipeline until its source ends or it is asked to stop", make<RunOptions>},
    {"validate", "check a pipeline as a run would, and do not run it", make<ValidateOptions>},
    {"list", "list the types that plugins export, and what was refused", make<ListOptions>},
    {"inspect", "show everything that a plugin says about a type", make<InspectOptions>},
    {"check", "prove what a plugin keeps to, test by test", make<CheckOptions>},
    {"explain", "say what a code means, or what an interface asks for", make<ExplainOptions>},
    {"audit", "read and verify a change log", nullptr},
    {"audit show", "show the changes on a log", make<AuditShowOptions>},
    {"audit verify", "check every link of a log's chain", make<AuditVerifyOptions>},
    {"audit head", "print the last link of a log's chain, to be written down", make<AuditHeadOptions>},
};

}  // namespace

std::span<const NamedCommand> commands() noexcept { return all; }

}  // namespace penstock::cli
