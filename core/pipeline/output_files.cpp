#include "pipeline/output_files.hpp"

#include <map>
#include <string>
#include <system_error>
#include <utility>

#include "pipeline/report.hpp"

namespace penstock::pipeline {
namespace {

using diagnostic::Code;

std::filesystem::path identity(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::path file = std::filesystem::weakly_canonical(path, error);
  return error ? path : file;
}

}  // namespace

void check_output_files(const std::vector<Node>& nodes, const std::filesystem::path& pipeline, Diagnostics& found) {
  std::map<std::filesystem::path, std::string> uses;  // what each file is already
  const std::filesystem::path pipeline_identity = identity(pipeline);
  uses.emplace(pipeline_identity, "it is the pipeline file");
  for (const Node& node : nodes)
    for (const Argument& argument : node.arguments) {
      const auto* value = std::get_if<plugin::Scalar>(&argument.content);
      const auto* path = value == nullptr ? nullptr : std::get_if<std::string>(value);
      if (argument.declared->type != plugin::ValueType::path || path == nullptr || path->empty() || *path == "-")
        continue;
      std::filesystem::path file = identity(*path);
      if (node.description.role == plugin::Interface::sink && file == pipeline_identity)
        found.add({.code = Code::PS0406,
                   .summary = "`" + node.description.name + "` cannot write to the pipeline file",
                   .place = argument.place,
                   .notes = {"`" + argument.declared->name + "` names it, from " + argument.reason},
                   .help = {"give it a file of its own"}});
      uses.emplace(std::move(file), "it is `" + argument.declared->name + "` of `" + node.description.name +
                                        "`, from " + argument.reason);
    }
  for (const Node& node : nodes) {
    const Description& description = node.description;
    std::error_code error;
    if (description.on_bad_row == OnBadRow::stop || !description.rejects ||
        std::filesystem::is_other(*description.rejects, error))
      continue;
    const auto [use, is_first] =
        uses.emplace(identity(*description.rejects),
                     "`" + description.name + "` writes its own there, from " + text(description.rejects_place));
    if (is_first) continue;
    found.add({.code = Code::PS0406,
               .summary = "`" + description.name + "` cannot write its rejected rows to a file that is used already",
               .place = description.rejects_place,
               .notes = {use->second},
               .help = {"give each a file of its own"}});
  }
}

}  // namespace penstock::pipeline
