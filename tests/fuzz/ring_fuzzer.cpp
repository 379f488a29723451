// Reads any bytes as the rings that a killed run left beside its change log. The first byte says how: bits 0 and 1 how many
// rings, bit 2 that each begins with the fields of its header and not with the header as it stands in a file, bit 3 that its
// file is as long as it claims, bits 4 and 5 how far the log had come (defined, the first entries on it, recovered and killed
// again, closed), bit 6 that there is no log. What must hold:
//   - a ring that is not read has a finding, unless it was never finished; one that is read claims no more than its file holds;
//   - what `audit show` reads in place, what `audit verify` counts and what the next run puts on the log are the same changes;
//   - the recovered log is whole and closed, what stood on it before stands there still, and recovering again adds nothing;
//   - where nothing is recovered nothing is written or removed;
//   - a cut ring holds no more than the whole one.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "changelog/pending.hpp"
#include "changelog/recover.hpp"
#include "changelog/render.hpp"
#include "changelog/ring_file.hpp"
#include "changelog/verify.hpp"
#include "log_bytes.hpp"
#include "log_directory.hpp"
#include "sample_log.hpp"

namespace {

using namespace penstock::changelog;
using namespace penstock::fuzz;

/** A ring may claim so much and be given it. */
constexpr std::uint64_t largest_file = sizeof(RingHeader) + 4096 * sizeof(Entry);

std::string ring_of(std::uint8_t how, std::string_view bytes) {
  RingFields fields{};
  std::string file(bytes);
  if ((how & 4) != 0) {
    std::memcpy(&fields, bytes.data(), std::min(bytes.size(), sizeof fields));
    file = ring_file(fields, bytes.substr(std::min(bytes.size(), sizeof fields)));
  }
  if ((how & 8) != 0 && file.size() >= sizeof(RingHeader)) {
    std::uint64_t capacity = 0;
    std::memcpy(&capacity, file.data() + offsetof(RingHeader, capacity), sizeof capacity);
    if (capacity <= (largest_file - sizeof(RingHeader)) / sizeof(Entry))
      file.resize(std::max(file.size(), sizeof(RingHeader) + static_cast<std::size_t>(capacity) * sizeof(Entry)));
  }
  return file;
}

std::vector<std::string> rings_of(std::uint8_t how, std::string_view bytes) {
  const std::size_t count = std::max<std::size_t>(1, how & 3);
  const std::size_t share = bytes.size() / count;
  std::vector<std::string> rings;
  for (std::size_t i = 0; i < count; ++i) rings.push_back(ring_of(how, bytes.substr(i * share, share)));
  return rings;
}

/** False: one of them has a finding. */
bool read_each(const LogDirectory& log) {
  bool is_readable = true;
  for (const auto& path : list_rings(log.path())) {
    Diagnostics found;
    const auto ring = read_ring(path, found);
    require_readable(found);
    require(!ring || found.empty(), "a ring that is read has no finding");
    is_readable &= found.empty();
    if (!ring) continue;
    require(ring->first <= ring->head && ring->head - ring->first <= ring->slots.size(),
            "the entries lie in the slots");
    require(sizeof(RingHeader) + ring->head - ring->first <= std::filesystem::file_size(path),
            "the entries lie in the file");
    require(ring->slots.size() * sizeof(Entry) <= most_ring_bytes, "memory is bounded");
  }
  return is_readable;
}

/** What was assigned, without what the log makes of it: which changes a plugin did not tell is known only in their order. */
std::string assignment(const Change& change) {
  Change plain = change;
  plain.sequence = 0;
  plain.reason.clear();
  return text_of(plain);
}

std::vector<std::string> assignments(const std::vector<Change>& changes) {
  std::vector<std::string> texts;
  for (const Change& change : changes) texts.push_back(assignment(change));
  std::sort(texts.begin(), texts.end());
  return texts;
}

std::vector<Change> pending_in(const std::vector<Change>& changes) {
  std::vector<Change> pending;
  for (const Change& change : changes)
    if (change.sequence == 0) pending.push_back(change);
  return pending;
}

std::vector<Change> read(const LogDirectory& log) {
  Diagnostics found, finding;
  std::vector<Change> changes = changes_in(log, {}, found);
  require_readable(found);
  for (const Change& change : changes) {
    require_printable(column_line(change), false);
    require_json(ndjson_line(change));
  }
  const auto verified = verify(log.path(), finding);
  require_readable(finding);
  if (verified) require(verified->pending == pending_in(changes).size(), "what is counted is what is read in place");
  return changes;
}

/** As the next run does it; false: it is not to be written on. */
bool recover_log(const LogDirectory& log, Diagnostics& found) {
  auto inherited = inherit(log.path(), found);
  if (!inherited) return false;
  constexpr std::uint64_t segment_bytes = 64 * 1024;
  SegmentWriter writer(log.path(), segment_bytes, inherited->end, inherited->definitions);
  return recover(log.path(), *inherited, writer, found) && writer.finish();
}

void require_whole(const LogDirectory& log) {
  Diagnostics found;
  const auto verified = verify(log.path(), found);
  require(verified && verified->state == LogState::ok && found.empty(), "a recovered log is whole and closed", found);
}

void compare(const std::vector<Change>& before, const std::vector<Change>& after) {
  std::vector<Change> recovered;
  for (const Change& change : after) {
    const bool was_there = change.sequence <= before.size() && before[change.sequence - 1].sequence == change.sequence;
    if (was_there)
      require(text_of(before[change.sequence - 1]) == text_of(change), "what stood on the log stands there still");
    else if (change.kind != Kind::lifecycle)
      recovered.push_back(change);
  }
  require(assignments(recovered) == assignments(pending_in(before)), "what is recovered is what was read in place");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const LogDirectory log;
  static const std::vector<std::string> samples = {sample_log(Progress::defined), sample_log(Progress::begun),
                                                   sample_log(Progress::recovered), sample_log(Progress::closed)};
  if (size < 1) return 0;
  const std::uint8_t how = data[0];
  const bool has_log = (how & 64) == 0;
  std::vector<std::string> rings = rings_of(how, {reinterpret_cast<const char*>(data) + 1, size - 1});
  log.clear();
  if (has_log) log.put_segments(mend(samples[how >> 4 & 3], {}));
  for (std::size_t i = 0; i < rings.size(); ++i) log.put_ring(i, rings[i]);

  const bool is_readable = read_each(log);
  const std::vector<Change> before = read(log);
  const std::size_t whole_count = pending_in(before).size();
  const std::string whole = rings.back();
  log.put_ring(rings.size() - 1, std::string_view(whole).substr(0, whole.size() - whole.size() / 8));
  require(pending_in(read(log)).size() <= whole_count, "a cut ring holds no more");
  log.put_ring(rings.size() - 1, whole);

  Diagnostics found;
  const auto files = log.files();
  const bool is_recovered = recover_log(log, found);
  require_readable(found);
  require(is_readable || !is_recovered, "a ring that cannot be read is not dealt with");
  if (!is_recovered) {
    require(found.has_errors(), "what is not recovered has a finding");
    require(log.files() == files, "where nothing is recovered nothing is written or removed");
    return 0;
  }
  if (!has_log) return 0;
  require_whole(log);
  compare(before, read(log));
  const auto recovered = log.files();
  require(recover_log(log, found), "a recovered log can be recovered", found);
  require(log.files() == recovered, "recovering again adds nothing");
  return 0;
}
