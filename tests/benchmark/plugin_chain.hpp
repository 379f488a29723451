// The chain of real plugins: found, judged, loaded and configured by the host's own rooms, and run by them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "nodes/exchange.hpp"
#include "plugin/catalog.hpp"
#include "plugin/discover.hpp"
#include "stopwatch.hpp"

namespace penstock::bench {

enum class ChangeLogging : bool { off, on };

/** Which library the code of a node's main method came from, by the loader's word. */
struct CodeOrigin {
  std::string type, method, library;
};

struct ChainRun {
  Times times;
  Totals totals;
  std::uint64_t changes = 0;  ///< on the change log
};

/** Throws std::runtime_error with the diagnostics when anything about the chain is wrong. */
class PluginChain {
 public:
  /** `scratch`: a directory for change logs, each of which is removed after its run. `sink`: `summing_sink`, or another that
   *  takes no exchange. */
  PluginChain(const plugin::PluginPath& plugins, std::filesystem::path pipeline, std::filesystem::path scratch,
              std::string sink = "summing_sink");

  /** The readings, borrowed where they stand, through filter, normalize, rolling average and sink. */
  [[nodiscard]] ChainRun push(const ReadingsView& readings, ChangeLogging changes) const;

  /** A whole run as `penstock run` makes it: the source, which copies the readings into the host's batches, is a node too. */
  [[nodiscard]] ChainRun run(const ReadingsView& readings, ChangeLogging changes) const;

  [[nodiscard]] std::vector<CodeOrigin> origins() const;

  /** Of a full batch of the host behind the last stage: values and bitmaps. */
  [[nodiscard]] double bytes_per_record() const;

  /** What a run, with its source, has of the allocator for each row of the batch that is on its way: measured whenever the
   *  sink has a batch, and from two sizes of batches, so that what does not depend on them is not counted. `all`: at least
   *  2^20 of them. */
  [[nodiscard]] double bytes_in_flight(const Readings& all) const;

 private:
  class Session;

  plugin::Catalog catalog_;
  std::filesystem::path pipeline_, scratch_;
  std::string sink_;
};

}  // namespace penstock::bench
