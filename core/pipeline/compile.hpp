#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "diagnostic/diagnostic.hpp"
#include "pipeline/environment.hpp"
#include "pipeline/plan.hpp"
#include "plugin/catalog.hpp"
#include "plugin/load.hpp"

namespace penstock::pipeline {

/** What was asked for on a command line. */
struct Request {
  std::filesystem::path file;
  std::vector<std::string> sets = {};     ///< `NODE.PARAM=VALUE`
  std::optional<std::string> sink = {};   ///< a type that replaces the sink of the file
  std::filesystem::path change_log = {};  ///< a directory below which no node may write; empty: none
  std::uint32_t threads = 1;              ///< how many partitions `auto` means
  Environment environment = {};           ///< for `${NAME}` in the file
};

/** Makes the methods of some types callable, of all or none; `plugin::load_all` outside of tests. */
using Loader =
    std::function<std::vector<plugin::LoadedType>(std::span<const plugin::ExportedType* const>, Diagnostics&)>;

/** The journey from a pipeline file to a plan: parse, expand, resolve, load, create, configure, wire. Reports every
 *  fault that it can find in one go, each with file:line:column and the nearest known name; nothing comes back when
 *  there is one. Runs `create`, `configure` and `bind` of the plugins, and none of them while the file itself has
 *  faults; opens nothing. The catalog and the hosts must outlive the plan. */
[[nodiscard]] std::optional<Plan> compile(const Request& request, const plugin::Catalog& catalog, NodeHosts& hosts,
                                          Diagnostics& found, const Loader& load = plugin::load_all);

/** The `pipeline:` name of a file, for the name of its change log, before anything is loaded. Reports nothing: the stem
 *  of the file's name when it cannot be read. */
[[nodiscard]] std::string pipeline_name(const std::filesystem::path& file, const Environment& environment);

}  // namespace penstock::pipeline
