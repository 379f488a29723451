#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

#include "changelog/chain_reader.hpp"
#include "changelog/dictionary.hpp"
#include "changelog/ring_file.hpp"

namespace penstock::changelog {

/** Reports a ring that holds changes of a run that the chain up to `end` does not know; true then. */
bool report_unknown(const RingSnapshot& ring, const LogEnd& end, Diagnostics& found);

/** What stands in the rings of a log, read in place. Read it before the segments: what leaves a ring in between is then found
 *  there, and nothing is missed or doubled. */
class PendingChanges {
 public:
  /** A ring that cannot be read is reported and passed over. */
  PendingChanges(const std::filesystem::path& log, Diagnostics& found);

  /** Finds rings of a later run than `end` knows: the segments of that run were removed. */
  void report_unknown(const LogEnd& end, Diagnostics& found) const;

  /** Changes that are not in the segments up to `end`. */
  [[nodiscard]] std::uint64_t count_after(const LogEnd& end) const;

  /** Hands them to `each`, merged by time, with sequence 0, until it returns false. */
  void hand_out(const LogEnd& end, const Dictionary& dictionary, const std::function<bool(const Change&)>& each) const;

 private:
  [[nodiscard]] std::uint64_t next(const RingSnapshot& ring, const LogEnd& end) const;

  std::vector<RingSnapshot> rings_;
};

}  // namespace penstock::changelog
