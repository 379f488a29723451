// Reads any bytes as the segments of a change log. The first byte says how: bits 0 to 2 what is mended first (checksums, links,
// numbers; without the first all bytes are one segment), bits 3 and 4 what `LOCK` says (nothing, a run, the end that is there,
// another end), bit 5 that reserved room follows, bit 6 that the first segment is missing, bit 7 that the first of several is
// cut short. What must hold:
//   - each finding can be shown, and what is damaged has one; each change can be shown to people and to programs;
//   - the walk over the chain, the reading of its changes, the next run and a plain loop over the blocks agree on what is there;
//   - a question gives the changes that fit, and no others;
//   - what a block holds, written anew, holds the same;
//   - a cut log gives the beginning of what the whole one gives, and is not `ok` where the end was noted.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <functional>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "changelog/recover.hpp"
#include "changelog/render.hpp"
#include "changelog/segment_reader.hpp"
#include "changelog/verify.hpp"
#include "log_bytes.hpp"
#include "log_directory.hpp"

namespace {

using namespace penstock::changelog;
using namespace penstock::fuzz;
using Changes = std::vector<Change>;

constexpr std::size_t reserved_bytes = 8192;

enum class Lock : std::uint8_t { none, run, end, other_end };

struct Input {
  std::vector<std::string> segments;
  std::uint32_t first = 1;
  Lock lock = Lock::none;
};

void cut_eighth(std::string& bytes) { bytes.erase(bytes.size() - bytes.size() / 8); }

Input read_input(std::uint8_t how, std::string_view bytes) {
  const Mending mending{.seals = (how & 1) != 0, .links = (how & 2) != 0, .numbers = (how & 4) != 0};
  Input input;
  input.segments = mending.seals ? mend(bytes, mending) : std::vector{std::string(bytes)};
  input.lock = static_cast<Lock>(how >> 3 & 3);
  if ((how & 32) != 0) input.segments.back().append(reserved_bytes, '\0');
  if ((how & 64) != 0) input.first = 2;
  if ((how & 128) != 0 && input.segments.size() > 1) cut_eighth(input.segments.front());
  return input;
}

/** What a log is by the plain rules of FORMAT.md, as long as nothing is wrong with it. */
struct Plain {
  std::uint64_t blocks = 0, changes = 0;
  std::string head = {};
  bool is_chained = true;
};

Plain read_plainly(const std::vector<std::string>& segments) {
  Plain plain;
  for (const std::string& segment : segments) {
    std::string_view rest = segment;
    BlockHeader header;
    while (rest.size() >= sizeof header) {
      std::memcpy(&header, rest.data(), sizeof header);
      if (!is_sound(header) || header.payload_size > rest.size() - sizeof header) break;
      const auto payload = std::as_bytes(std::span(rest)).subspan(sizeof header, header.payload_size);
      if (!matches(header, payload)) break;
      const std::string before = plain.blocks == 0 ? hex({}) : plain.head;
      plain.is_chained &= header.number == plain.blocks && header.first_sequence == plain.changes + 1;
      plain.is_chained &= hex(header.previous) == before;
      plain.head = hex(link(std::as_bytes(std::span(rest)).first(sizeof header), payload));
      ++plain.blocks;
      plain.changes += header.count;
      rest.remove_prefix(sizeof header + header.payload_size);
    }
  }
  return plain;
}

bool is_same(const Change& one, const Change& other) { return text_of(one) == text_of(other); }

void show(const Change& change) {
  require_printable(live_line(change), false);
  require_printable(column_line(change), false);
  require_json(ndjson_line(change));
  const auto time = parse_time(time_text(change.time_ns));
  require(!time || *time == change.time_ns, "a time that is shown is read as the same");
  (void)parse_time(change.reason);
}

void write_anew(const Block& block) {
  const auto payload = std::span(block.payload).subspan(block.header.ring_count * sizeof(RingRange));
  const auto written = [&](std::span<const std::byte> bytes) {
    Bytes anew;
    Dictionary dictionary;
    if (block.header.kind == BlockKind::definitions) {
      const bool learnt =
          dictionary.learn(block.header, bytes, [&](const NodeDefinition& node) { put_node(anew, node); });
      require(learnt, "definitions that were read are read again");
      put_run(anew, dictionary.run_name());
    } else {
      Cursor cursor(bytes);
      for (std::uint32_t row = 0; row < block.header.count; ++row) put_change(anew, cursor.take_change());
      require(!cursor.failed(), "records that were read are read again");
    }
    return anew;
  };
  if (block.header.kind != BlockKind::definitions && block.header.kind != BlockKind::texts) return;
  const Bytes once = written(payload);
  require(written(once) == once, "what was written is what was read");
}

void ask(const LogDirectory& log, const Query& wanted, const Changes& all,
         const std::function<bool(const Change&)>& fits) {
  Diagnostics found;
  const Changes given = changes_in(log, wanted, found);
  Changes expected;
  std::copy_if(all.begin(), all.end(), std::back_inserter(expected), fits);
  require(std::equal(given.begin(), given.end(), expected.begin(), expected.end(), is_same),
          "a question gives the changes that fit");
}

void ask_all(const LogDirectory& log, const Changes& all) {
  if (all.empty()) return;
  const Change& one = all[all.size() / 2];
  ask(log, {.run = std::to_string(one.run_number)}, all, [&](const Change& change) {
    return change.run_number == one.run_number || change.run == std::to_string(one.run_number);
  });
  ask(log, {.node = one.node}, all,
      [&](const Change& change) { return change.node == one.node || change.node.starts_with(one.node + '['); });
  ask(log, {.metric = one.metric}, all,
      [&](const Change& change) { return change.metric == one.metric || change.label == one.metric; });
  ask(log, {.kind = one.kind}, all, [&](const Change& change) { return change.kind == one.kind; });
  ask(log, {.after = one.sequence}, all, [&](const Change& change) { return change.sequence > one.sequence; });
  // The head of a block says which times are in it, and a writer at fault may have it wrong: then too few are found.
  Diagnostics unheard;
  for (const Change& change : changes_in(log, {.since_ns = one.time_ns}, unheard))
    require(change.time_ns >= one.time_ns, "nothing comes from before the time that was asked for");
  for (const Change& change : changes_in(log, {.until_ns = one.time_ns}, unheard))
    require(change.time_ns < one.time_ns, "nothing comes from after the time that was asked for");
  std::size_t given = 0;
  (void)query(
      log.path(), {}, [&](const Change&) { return ++given < 2; }, unheard);
  require(given == std::min<std::size_t>(2, all.size()), "no more is given than was asked for");
}

void walk_blocks(const LogDirectory& log) {
  Diagnostics found;
  auto segments = list_segments(log.path(), found);
  ChainReader chain(std::move(*segments));
  while (const Block* block = chain.next(found)) write_anew(*block);
}

struct Reading {
  std::optional<Verification> verified;
  Diagnostics findings;
  Changes changes;
};

Reading read(const LogDirectory& log) {
  Reading reading;
  reading.verified = verify(log.path(), reading.findings);
  require_readable(reading.findings);
  require(reading.verified.has_value(), "a log that is there is verified");
  require((reading.verified->state == LogState::damaged) == reading.findings.has_errors(), "damage has a finding",
          reading.findings);
  Diagnostics found;
  reading.changes = changes_in(log, {}, found);
  require_readable(found);
  require(reading.changes.size() == reading.verified->changes, "what is verified is what is read");
  for (const Change& change : reading.changes) show(change);
  return reading;
}

void compare_readers(const LogDirectory& log, const Input& input, const Reading& reading) {
  const Verification& verified = *reading.verified;
  const Plain plain = read_plainly(input.segments);
  require(plain.blocks == verified.blocks && plain.changes == verified.changes && plain.head == verified.head,
          "two readers agree on what is whole");
  require(plain.is_chained, "an undamaged log is a chain");
  for (std::size_t i = 0; i < reading.changes.size(); ++i)
    require(reading.changes[i].sequence == i + 1, "the numbers of an undamaged log have no gaps");
  Diagnostics found;
  const auto inherited = inherit(log.path(), found);
  require_readable(found);
  require(inherited.has_value() || found.has_errors(), "a log that is not written on has a finding");
  if (!inherited) return;
  require(inherited->end.blocks == verified.blocks && hex(inherited->end.head) == verified.head,
          "the next run goes on where the log ends");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const LogDirectory log;
  if (size < 1) return 0;
  Input input = read_input(data[0], {reinterpret_cast<const char*>(data) + 1, size - 1});
  log.clear();
  log.put_segments(input.segments, input.first);
  if (input.lock == Lock::run) log.put_lock("pid 17\n");
  if (input.lock == Lock::other_end) log.put_lock("closed 5 00ff\n");
  if (input.lock == Lock::end) {
    const Plain end = read_plainly(input.segments);
    log.put_lock("closed " + std::to_string(end.blocks) + ' ' + end.head + '\n');
  }

  const Reading whole = read(log);
  require(input.lock != Lock::other_end || whole.verified->state != LogState::ok,
          "another end than the noted one is noticed");
  walk_blocks(log);
  if (!whole.findings.has_errors()) {
    if (whole.verified->blocks > 0) compare_readers(log, input, whole);
    ask_all(log, whole.changes);
  }

  std::string& last = input.segments.back();
  cut_eighth(last);
  log.put_segments({last}, input.first + static_cast<std::uint32_t>(input.segments.size()) - 1);
  const Reading cut = read(log);
  require(cut.changes.size() <= whole.changes.size() &&
              std::equal(cut.changes.begin(), cut.changes.end(), whole.changes.begin(), is_same),
          "a cut log gives the beginning of the whole one");
  if (input.lock == Lock::end && cut.verified->state == LogState::ok)
    require(cut.verified->head == whole.verified->head, "what is cut off where the end was noted is noticed");
  return 0;
}
