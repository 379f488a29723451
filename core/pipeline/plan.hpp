#pragma once

#include <penstock/abi.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "batch/key_table.hpp"
#include "batch/schema.hpp"
#include "diagnostic/diagnostic.hpp"
#include "plugin/current_call.hpp"
#include "plugin/load.hpp"

namespace penstock::pipeline {

using diagnostic::Diagnostics;
using diagnostic::Place;

/** An instance of a type; destroyed with its owner. Created and configured, closed. */
class Instance {
 public:
  Instance(void* self, const plugin::LoadedType& type) noexcept : self_(self, {type.methods.destroy, type.type}) {}
  [[nodiscard]] void* get() const noexcept { return self_.get(); }

 private:
  struct Destroy {
    void (*destroy)(void*);
    const plugin::ExportedType* type;
    void operator()(void* self) const noexcept {
      const plugin::CurrentCall here({}, *type, "destroy", 0);
      try {
        destroy(self);
      } catch (...) {  // an exception that left a plugin at its very end changes nothing any more
      }
    }
  };
  std::unique_ptr<void, Destroy> self_;
};

/** How a column that the manifest declares is found in the batches of the run. */
struct Binding {
  std::size_t column = 0;  ///< read, write: index into NodePlan::in; add: index into NodePlan::out
  plugin::Access access = plugin::Access::read;
  bool reject_nulls = false;  ///< the batch may hold nulls and the plugin does not take them
};

/** `columns: {plugin's name: pipeline's name}` */
struct Rename {
  std::string plugin_name;
  std::string pipeline_name;
  Place place = {};
};

enum class OnBadRow : std::uint8_t { stop, reject };

/** A path of the configuration that was taken from where the host was started. */
struct RelativePath {
  std::string written;
  std::string absolute;  ///< as the plugin got it
};

/** One node, ready to be opened. */
struct NodePlan {
  std::string name;  ///< unique in the pipeline
  plugin::LoadedType type;
  Instance instance;
  const penstock_host* host;  ///< of this instance, given by NodeHosts
  Place place;                ///< of its type in the pipeline file
  /** The columns of its batches, in the order in which the plugin sees them: the manifest's. With `column:*` one for
   *  each field of `in`, then the added ones; where `bind` gave a schema, its columns take their place, last. */
  std::vector<Binding> bindings;
  batch::Schema in;   ///< empty for a source
  batch::Schema out;  ///< empty for a sink; rows same|fewer: `in`, then the added columns
  std::vector<Rename> renames = {};
  bool names_file = false;  ///< by a parameter; a sink that does not most likely writes to standard output
  std::vector<RelativePath> relative_paths = {};
  OnBadRow on_bad_row = OnBadRow::stop;
  std::optional<std::filesystem::path> rejects = {};  ///< absolute
  std::uint64_t flush_every_rows = 0;                 ///< sinks; 0: at the end
  std::chrono::nanoseconds max_delay{0};              ///< sources: how long rows may wait for more
};

/** Stages that exist several times, each time for a share of the keys: nodes `first` up to `end` of a plan. */
struct Partitions {
  std::size_t first = 0, end = 0;
  std::size_t by = 0;  ///< index of the key column in `in` of the first of them
  /** Their copies, one list for each partition but the first, whose nodes are those of the plan. */
  std::vector<std::vector<NodePlan>> copies = {};

  [[nodiscard]] std::size_t count() const noexcept { return copies.size() + 1; }
};

/** A pipeline that can run: every type found, loaded, created and configured, every column produced by somebody.
 *  Nothing is open. Linear: source first, sink last. */
struct Plan {
  std::string name;
  std::filesystem::path file;
  std::vector<NodePlan> nodes;
  std::optional<Partitions> partitions = {};  ///< at least two
  std::int32_t max_keys = batch::KeyTable::default_max_keys;
};

/** Which of several instances of a node one is. */
struct Partition {
  std::uint32_t index = 0;
  std::uint32_t count = 1;
};

/** What a plugin said through `host->fail`. */
struct Failure {
  penstock_status status = PENSTOCK_FAILED;
  std::int64_t where = -1;  ///< parameter, column or row, by the call that failed; -1: nowhere
  std::string text;
};

/** A configuration value that took effect, for the change log. */
struct ParameterValue {
  std::string node;
  std::string parameter;
  const plugin::Parameter* declared = nullptr;  ///< type, secrecy
  std::string text;                             ///< canonical; `***` for a secret
  std::optional<plugin::Scalar> scalar = {};    ///< typed, unless secret or a list
  std::string reason;  ///< `default`, `plant.yaml:4:12`, `environment variable MIN, plant.yaml:4:12`, `command line`
};

/** What the compiler of a pipeline needs from who runs it: a host for each instance. Called on one thread. */
class NodeHosts {
 public:
  virtual ~NodeHosts() = default;
  /** A host table for a node, made before `create`: the first record of each metric is written here. Lives as long as
   *  this object. */
  virtual const penstock_host& add(const std::string& node, const plugin::ExportedType& type,
                                   Partition partition = {}) = 0;
  /** Texts that are to be replaced in all that the plugin of `host` says, also in what take_failure() gives. Called
   *  before `create`. */
  virtual void keep_secrets(const penstock_host& host, std::vector<std::string> secrets) = 0;
  /** A value that the node was configured with. */
  virtual void parameter(const ParameterValue& value) = 0;
  /** What the plugin of `host` said last through `fail`, and forgets it. */
  virtual std::optional<Failure> take_failure(const penstock_host& host) = 0;
};

}  // namespace penstock::pipeline
