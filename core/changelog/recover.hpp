#pragma once

#include <filesystem>
#include <optional>

#include "changelog/chain_reader.hpp"
#include "changelog/dictionary.hpp"
#include "changelog/invariant.hpp"
#include "changelog/segment_writer.hpp"
#include "diagnostic/diagnostic.hpp"

namespace penstock::changelog {

/** A log as the next run finds it. */
struct Inheritance {
  LogEnd end;
  Dictionary dictionary;  ///< of the last run, as far as the last segment knows it
  Ledger ledger;
  Bytes definitions = {};  ///< of the last run, as they stand in the last segment
  // What a recovery of the last run wrote that was itself killed:
  CloseRecord recovered = {};
  bool is_recovery_noted = false;  ///< its lifecycle record, too
};

/** Reads the last segment of a log: all that a run needs to go on. Nothing: it is damaged, and not to be written on. The lock must
 *  be held. */
[[nodiscard]] std::optional<Inheritance> inherit(const std::filesystem::path& directory, Diagnostics& found);

/** Puts what a killed run left in its rings into the log, closes that run, and removes the rings. May itself be killed and
 *  repeated: nothing doubles. False: something could not be written; the rings then stay. */
[[nodiscard]] bool recover(const std::filesystem::path& directory, Inheritance& inherited, SegmentWriter& writer,
                           Diagnostics& found);

}  // namespace penstock::changelog
