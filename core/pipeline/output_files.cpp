#include "pipeline/output_files.hpp"

#include <algorithm>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "pipeline/report.hpp"

namespace penstock::pipeline {
namespace {

using diagnostic::Code;

std::filesystem::path identity(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::path file = std::filesystem::weakly_canonical(path, error);
  return error ? path : file;
}

/** Also by another hard link. */
bool is_same(const std::filesystem::path& a, const std::filesystem::path& b) {
  std::error_code error;
  return a == b || std::filesystem::equivalent(a, b, error);
}

/** What nobody may write to, and why. */
class ProtectedFiles {
 public:
  ProtectedFiles(const std::filesystem::path& pipeline, const std::filesystem::path& change_log)
      : pipeline_(identity(pipeline)), change_log_(change_log.empty() ? change_log : identity(change_log)) {}

  /** `it is the pipeline file`; empty: nothing is to be said against it. */
  [[nodiscard]] std::string why(const std::filesystem::path& file) const {
    if (is_same(file, pipeline_)) return "it is the pipeline file";
    const auto [end, unused] = std::mismatch(change_log_.begin(), change_log_.end(), file.begin(), file.end());
    return !change_log_.empty() && end == change_log_.end() ? "it belongs to the change log" : "";
  }

 private:
  std::filesystem::path pipeline_, change_log_;
};

}  // namespace

const std::string* path_in(const Argument& argument) noexcept {
  const auto* value = std::get_if<plugin::Scalar>(&argument.content);
  const auto* path = value == nullptr ? nullptr : std::get_if<std::string>(value);
  const bool is_path = argument.declared->type == plugin::ValueType::path && path != nullptr;
  return is_path && !path->empty() && *path != "-" ? path : nullptr;
}

void check_output_files(const std::vector<Node>& nodes, const std::filesystem::path& pipeline,
                        const std::filesystem::path& change_log, Diagnostics& found) {
  const ProtectedFiles protected_files(pipeline, change_log);
  std::vector<std::pair<std::filesystem::path, std::string>> uses;  // what each file is already
  for (const Node& node : nodes)
    for (const Argument& argument : node.arguments) {
      const std::string* path = path_in(argument);
      if (path == nullptr) continue;
      const std::filesystem::path file = identity(*path);
      const std::string use =
          "it is `" + argument.declared->name + "` of `" + node.description.name + "`, from " + argument.reason;
      uses.emplace_back(file, use);
      const std::string why = node.description.role == plugin::Interface::sink ? protected_files.why(file) : "";
      if (why.empty()) continue;
      found.add({.code = Code::PS0406,
                 .summary = "`" + node.description.name + "` cannot write to this file",
                 .place = argument.place,
                 .notes = {why, use},
                 .help = {"give it a file of its own"}});
    }
  for (const Node& node : nodes) {
    const Description& description = node.description;
    std::error_code error;
    if (description.on_bad_row == OnBadRow::stop || !description.rejects ||
        std::filesystem::is_other(*description.rejects, error))
      continue;
    const std::filesystem::path file = identity(*description.rejects);
    std::string why = protected_files.why(file);
    const auto use = std::ranges::find_if(uses, [&](const auto& other) { return is_same(other.first, file); });
    if (why.empty() && use != uses.end()) why = use->second;
    uses.emplace_back(file, "`" + description.name + "` writes its own there, from " + text(description.rejects_place));
    if (why.empty()) continue;
    found.add({.code = Code::PS0406,
               .summary = "`" + description.name + "` cannot write its rejected rows to a file that is used already",
               .place = description.rejects_place,
               .notes = {std::move(why)},
               .help = {"give each a file of its own"}});
  }
}

}  // namespace penstock::pipeline
