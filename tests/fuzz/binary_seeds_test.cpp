// The seeds that are bytes and not text: made here, so that a change of a format makes them again. PENSTOCK_UPDATE_GOLDEN=1
// writes them; a seed that is named `found_...` stays as a fuzzer left it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "changelog/ring_file.hpp"
#include "loader_cache_bytes.hpp"
#include "log_bytes.hpp"
#include "sample_log.hpp"

namespace penstock::fuzz {
namespace {

namespace fs = std::filesystem;
using namespace changelog;
using Seeds = std::map<std::string, std::string>;

constexpr std::int64_t at = sample_time_ns;
constexpr std::uint64_t minus_nine = std::uint64_t{0} - 9, infinite = 0x7ff0000000000000,
                        not_a_number = 0x7ff8000000000000;

Seeds kept(const std::string& parser) {
  Seeds seeds;
  for (const auto& entry : fs::directory_iterator(fs::path(PENSTOCK_CORPUS) / parser)) {
    std::ifstream file(entry.path(), std::ios::binary);
    if (!entry.path().filename().string().starts_with("found_"))
      seeds[entry.path().filename()] = std::string(std::istreambuf_iterator<char>(file), {});
  }
  return seeds;
}

void expect_kept(const std::string& parser, const Seeds& made) {
  if (std::getenv("PENSTOCK_UPDATE_GOLDEN") != nullptr) {
    for (const auto& [name, bytes] : kept(parser)) fs::remove(fs::path(PENSTOCK_CORPUS) / parser / name);
    for (const auto& [name, bytes] : made)
      std::ofstream(fs::path(PENSTOCK_CORPUS) / parser / name, std::ios::binary) << bytes;
  }
  EXPECT_TRUE(kept(parser) == made) << "the seeds of " << parser << " are not those of this format";
}

// ---- segments: the first byte as segment_fuzzer.cpp has it

constexpr int as_they_are = 0, mended = 1 | 2 | 4, unlinked = 1 | 4, unnumbered = 1 | 2, sealed = 1, run = 1 << 3,
              noted = 2 << 3, noted_otherwise = 3 << 3, reserved = 1 << 5, second = 1 << 6, cut_short = 1 << 7;

std::string as(int how, const std::string& bytes) { return static_cast<char>(how) + bytes; }

std::string finished(const std::string& log) { return mend(log, {}).front(); }

std::string all_kinds() {
  std::vector<Entry> rows = {{at, 0, flag_first, 0, 0},
                             {at + 1, 0, 0, 0, 1},
                             {at + 2, 0, flag_unaudited_write, 5, 6},
                             {at + 3, 0, 7, 0, 1},
                             {at + 4, 9, 0, 0, 1}};
  for (const std::uint64_t bits : {not_a_number, infinite, minus_nine, std::uint64_t{5}})
    for (std::uint32_t metric = 0; metric < 4; ++metric) {
      rows.push_back({at + 1'000, 1, metric | flag_violation, 1, bits});
      rows.push_back({at + 1'000'000, 1, metric | flag_rejected | flag_unaudited_write, 1, bits});
    }
  return segment_block(1) + definitions_block() + changes_block(rows, {{sample_ring(0), 0, rows.size()}}) +
         close_block(rows.size());
}

std::string texts() {
  std::vector<Change> records;
  for (const char* reason : {"default", "2026-11-25", "2026-11-25T01:41:21.5Z", "2026-11-25t02:41:21.123456789+01:00",
                             "2026-11-25 02:41:21-01:30", "2026-02-30", "2026-11-25T25:00:00Z", "2026-11-25T01:41:21",
                             "2026-11-25T01:41:21.Z", "2026-11-25T01:61:21Z", "2026-11-25T01:41:21+24:00",
                             "2026-11-25T01:41:21+01:00 ", "1600-01-01", "x"})
    records.push_back({.time_ns = at, .node = "filter[1]", .metric = "min", .kind = Kind::parameter, .reason = reason});
  const Value values[] = {true,
                          false,
                          std::int64_t{-5},
                          std::uint64_t{5},
                          0.1,
                          std::numeric_limits<double>::infinity(),
                          std::string(),
                          std::string("\x1b[2J\xff\"\\\n\t")};
  for (const Value& value : values)
    records.push_back({.time_ns = at + 1'500,
                       .node = "\x1b[2J\xc2",
                       .metric = "min\n",
                       .kind = Kind::parameter,
                       .old_value = {},
                       .new_value = value,
                       .reason = "\x7f"});
  records.push_back(
      {.time_ns = std::numeric_limits<std::int64_t>::min(), .node = "n", .metric = "p", .kind = Kind::rejected});
  records.push_back(
      {.time_ns = std::numeric_limits<std::int64_t>::max(), .metric = "e", .kind = Kind::lifecycle, .reason = "said"});
  return segment_block(1) + definitions_block() + texts_block(records) + close_block(records.size());
}

std::string bytes_as_block(BlockKind kind, const std::string& payload, std::uint32_t count = 0) {
  const auto* begin = reinterpret_cast<const std::byte*>(payload.data());
  return block({.kind = kind, .count = count, .run = sample_run}, Bytes(begin, begin + payload.size()));
}

Seeds segment_seeds() {
  const std::string log = all_kinds(), begun = sample_log(Progress::begun), closed = sample_log(Progress::closed);
  const std::string next_run = definitions_block(2) + close_block(0, 2);
  const std::string two =
      begun + segment_block(2) + definitions_block() + changes_block({{at + 9, 0, 0, 1, 2}}, {{sample_ring(0), 2, 3}});
  const std::string whole = finished(log);
  const std::size_t middle = finished(segment_block(1) + definitions_block()).size();
  const auto spoilt = [](std::string bytes, std::size_t offset) {
    bytes[offset] = static_cast<char>(bytes[offset] ^ 0x40);
    return bytes;
  };
  const auto newer = [&](auto change) {
    BlockHeader header{.kind = BlockKind::changes, .run = sample_run};
    change(header);
    return as(mended, segment_block(1) + block(header, {}));
  };
  Seeds seeds = {
      {"empty", as(as_they_are, "")},
      {"whole", as(as_they_are, whole)},
      {"all_kinds", as(mended | noted, log)},
      {"texts", as(mended | noted, texts())},
      {"reserved", as(mended | reserved, begun)},
      {"killed", as(mended | run | reserved, begun)},
      {"killed_at_once", as(mended | run, closed)},
      {"noted_otherwise", as(mended | noted_otherwise, closed)},
      {"recovered", as(mended, sample_log(Progress::recovered) + close_block(3, sample_run, flag_recovered))},
      {"two_runs", as(mended | noted, closed + next_run)},
      {"two_segments", as(mended, two)},
      {"first_of_two_cut_short", as(mended | cut_short, two)},
      {"without_the_first", as(mended | second, two)},
      {"segment_named_otherwise", as(mended, begun + segment_block(7))},
      {"segment_does_not_begin", as(mended, definitions_block() + close_block(0))},
      {"unlinked", as(unlinked, log)},
      {"unnumbered", as(unnumbered, log)},
      {"only_sealed", as(sealed, log)},
      {"cut_in_block", as(as_they_are, whole.substr(0, middle + 200))},
      {"cut_in_head", as(as_they_are, whole.substr(0, middle + 50))},
      {"torn_page", as(as_they_are, whole.substr(0, middle + 200) + std::string(8192, '\0'))},
      {"spoilt_head", as(as_they_are, spoilt(whole, middle + 20))},
      {"spoilt_contents", as(as_they_are, spoilt(whole, middle + 300))},
      {"spoilt_at_the_end", as(as_they_are, spoilt(whole, whole.size() - 3))},
      {"spoilt_last_head", as(as_they_are, spoilt(whole, whole.size() - 140))},
      {"bytes_before", as(as_they_are, "bytes of another file" + whole)},
      {"bytes_behind", as(as_they_are, whole + "bytes of another file")},
      {"block_begun_behind", as(as_they_are, whole + whole.substr(0, 64))},
      {"bytes_behind_open", as(as_they_are, finished(begun) + "bytes of another file")},
      {"bytes_between", as(mended, segment_block(1) + "12345678" + definitions_block() + close_block(0))},
      {"other_version", newer([](BlockHeader& header) { header.version = 2; })},
      {"other_codec", newer([](BlockHeader& header) { header.codec = 1; })},
      {"other_kind", newer([](BlockHeader& header) { header.kind = static_cast<BlockKind>(9); })},
      {"reserved_field", newer([](BlockHeader& header) { header.reserved_96 = 1; })},
      {"earlier_run", as(mended, segment_block(1, 2) + definitions_block(2) + definitions_block(1))},
      {"segment_of_no_size", as(mended, bytes_as_block(BlockKind::segment, ""))},
      {"changes_of_another_size",
       as(mended, segment_block(1) + bytes_as_block(BlockKind::changes, std::string(8, '\1'), 1))},
      {"texts_cut", as(mended, segment_block(1) + bytes_as_block(BlockKind::texts, std::string(16, '\1'), 9))},
      {"texts_of_another_value",
       as(mended, segment_block(1) + bytes_as_block(BlockKind::texts,
                                                    "\2" + std::string(16, '\0') + "\x9" + std::string(6, '\0'), 1))},
      {"definitions_of_another_tag",
       as(mended, segment_block(1) + bytes_as_block(BlockKind::definitions, std::string(8, '\3')))},
      {"definitions_cut",
       as(mended, segment_block(1) + bytes_as_block(BlockKind::definitions, "\2" + std::string(7, '\1')))},
      {"definitions_that_count",
       as(mended, segment_block(1) + bytes_as_block(BlockKind::definitions, std::string(8, '\0'), 3))},
      {"close_of_no_size", as(mended, segment_block(1) + bytes_as_block(BlockKind::close, ""))},
  };
  return seeds;
}

// ---- rings: the first byte as ring_fuzzer.cpp has it

constexpr int fields_only = 4, as_long_as_it_claims = 8, begun = 1 << 4, recovered = 2 << 4, closed = 3 << 4,
              no_log = 1 << 6;

RingFields fields(std::uint64_t index, std::uint64_t head, std::uint64_t capacity = 8) {
  return {.magic = ring_magic,
          .version = ring_version,
          .reserved = 0,
          .ring = sample_ring(index),
          .capacity = capacity,
          .head = head,
          .tail = 0,
          .waits = 0,
          .lost = 0,
          .anchor_0 = {1'000, at, 0.5},
          .anchor_1 = {},
          .anchor = 0};
}

std::string ring(const RingFields& fields, const std::vector<Entry>& entries) {
  std::string bytes(bytes_of(fields));
  for (const Entry& entry : entries) bytes += bytes_of(entry);
  return bytes;
}

/** Of the same size, as the fuzzer parts them. */
std::string rings(int how, std::vector<std::string> rings) {
  std::size_t longest = 0;
  for (const std::string& one : rings) longest = std::max(longest, one.size());
  std::string bytes;
  for (std::string& one : rings) bytes += (one.resize(longest), one);
  return as(how | static_cast<int>(rings.size()), bytes);
}

Entry counted(std::uint64_t value, std::int64_t time_ns = at, std::uint32_t node = 0) {
  return {time_ns + static_cast<std::int64_t>(value), node, value == 0 ? flag_first : 0, value == 0 ? 0 : value - 1,
          value};
}

Entry handed_over(std::uint64_t from, std::uint64_t head, std::uint32_t node = 0) {
  return {at, node, flag_handover, sample_ring(from), head};
}

Seeds ring_seeds() {
  constexpr int how = fields_only | as_long_as_it_claims;
  const std::vector<Entry> four = {counted(0), counted(1), counted(2), counted(3)};
  const auto with = [&](auto change, int more = 0) {
    RingFields one = fields(0, 4);
    change(one);
    return rings(how | more, {ring(one, four)});
  };
  std::vector<Entry> ticks = four;
  for (Entry& entry : ticks) entry.time_ns = static_cast<std::int64_t>(TickAnchor::tick_flag | (2'000 + entry.after));
  std::vector<Entry> doubtful = {
      {at, 0, flag_rejected, 0, 1}, {at, 1, 0, 0, not_a_number}, {at, 9, 0, 0, 1}, {at, 0, 77, 0, 1}};
  std::vector<Entry> unwritten = four;
  unwritten[2] = {};
  const std::string file = ring_file(fields(0, 4, 4), ring({}, four).substr(sizeof(RingFields)));
  return {
      {"empty", as(0, "")},
      {"one", rings(how, {ring(fields(0, 4), four)})},
      {"one_as_a_file", as(1, file)},
      {"cut_file", as(1, file.substr(0, file.size() - 40))},
      {"cut_head", as(1, file.substr(0, 100))},
      {"two", rings(how, {ring(fields(0, 4), four), ring(fields(1, 2), {counted(0, at, 1), counted(1, at + 1, 1)})})},
      {"three", rings(how, {ring(fields(0, 2), four), ring(fields(1, 3), four), ring(fields(2, 4), ticks)})},
      {"ticks", rings(how, {ring(fields(0, 4), ticks)})},
      {"wrapped", rings(how, {ring(fields(0, 6, 4), four)})},
      {"begun", rings(how | begun, {ring(fields(0, 4), four)})},
      {"older_than_the_log", rings(how | begun, {ring(fields(0, 1), four)})},
      {"overwritten_before_the_log", rings(how | begun, {ring(fields(0, 9, 4), four)})},
      {"recovered", rings(how | recovered, {ring(fields(0, 4), four)})},
      {"recovered_wholly", rings(how | recovered, {ring(fields(0, 2), four)})},
      {"closed", rings(how | closed, {ring(fields(0, 4), four)})},
      {"closed_and_unwritten", rings(how | closed, {ring(fields(0, 4), std::vector<Entry>(4))})},
      {"closed_and_empty", rings(how | closed, {ring(fields(0, 0), {})})},
      {"no_log", rings(how | no_log, {ring(fields(0, 4), four)})},
      {"handed_over", rings(how, {ring(fields(0, 2), four),
                                  ring(fields(1, 3), {handed_over(0, 2), counted(2, at - 9), counted(3, at - 9)})})},
      {"handed_over_from_a_lost_ring",
       rings(how, {ring(fields(0, 2), four), ring(fields(1, 3), {handed_over(0, 4), counted(2), counted(3)})})},
      {"handed_over_in_a_circle", rings(how, {ring(fields(0, 2), {handed_over(1, 2), counted(1)}),
                                              ring(fields(1, 2), {handed_over(0, 2), counted(2)})})},
      {"handed_over_from_nowhere", rings(how, {ring(fields(0, 2), {handed_over(7, 2), counted(1)})})},
      {"same_number", rings(how, {ring(fields(0, 2), four), ring(fields(0, 4), four)})},
      {"unwritten", rings(how, {ring(fields(0, 4), unwritten)})},
      {"doubtful", rings(how, {ring(fields(0, 4), doubtful)})},
      {"later_run", with([](RingFields& one) { one.ring = 2 << 16; })},
      {"earlier_run", with([](RingFields& one) { one.ring = 5; })},
      {"lost", with([](RingFields& one) { one.lost = 7; })},
      {"unfinished", with([](RingFields& one) { one.magic = 0; })},
      {"other_magic", with([](RingFields& one) { one.magic = 1; })},
      {"other_version", with([](RingFields& one) { one.version = 9; })},
      {"odd_capacity", with([](RingFields& one) { one.capacity = 7; })},
      {"endless_capacity", with([](RingFields& one) { one.capacity = std::uint64_t{1} << 63; })},
      {"more_than_it_has_room_for", with([](RingFields& one) { one.head = 9; })},
      {"tail_before_head", with([](RingFields& one) { one.tail = 9; })},
      {"third_anchor", with([](RingFields& one) { one.anchor = 2; })},
      {"second_anchor", with([](RingFields& one) { one.anchor = 1, one.anchor_1 = one.anchor_0; })},
      {"endless_ticks", with([](RingFields& one) { one.anchor_0.ns_per_tick = 1e300; })},
      {"not_as_long_as_it_claims", as(fields_only | 1, ring(fields(0, 4, 4096), four))},
  };
}

Seeds loader_cache_seeds() {
  const auto good = [] {
    return LoaderCacheBytes()
        .entry(this_machine, "libz.so.1", "/lib/libz.so.1")
        .entry(other_machine, "libm.so.6", "/cross/libm.so.6")
        .entry(x86, "libm.so.6", "/lib32/libm.so.6")
        .entry(this_machine, "libz.so.1", "/usr/local/lib/libz.so.1")
        .entry(this_machine, "libc.so.6", "/lib/libc.so.6");
  };
  const std::string bytes = good().bytes();
  const auto spoilt = [&](std::size_t offset, std::uint32_t value) {
    return std::string(bytes).replace(offset, sizeof value, bytes_of(value));
  };
  return {{"empty", ""},
          {"good", bytes},
          {"of_nothing", LoaderCacheBytes().bytes()},
          {"empty_texts", LoaderCacheBytes().entry(this_machine, "", "").entry(this_machine, "a", "").bytes()},
          {"long_name", LoaderCacheBytes().entry(this_machine, std::string(5'000, 'a'), "/a").bytes()},
          {"other_format", std::string(bytes).replace(0, 4, "ld.s")},
          {"head_only", bytes.substr(0, cache_header_size)},
          {"cut_in_head", bytes.substr(0, 30)},
          {"cut_in_table", bytes.substr(0, cache_header_size + 30)},
          {"cut_in_text", bytes.substr(0, bytes.size() - 5)},
          {"endless_count", spoilt(20, 0xffffffff)},
          {"name_elsewhere", spoilt(cache_header_size + 4, 0xfffffff0)},
          {"path_elsewhere", spoilt(cache_header_size + 8, 0x7fffffff)},
          {"name_in_table", spoilt(cache_header_size + 4, cache_header_size)}};
}

TEST(BinarySeeds, OfSegmentsAreOfThisFormat) { expect_kept("segment", segment_seeds()); }
TEST(BinarySeeds, OfRingsAreOfThisFormat) { expect_kept("ring", ring_seeds()); }
TEST(BinarySeeds, OfLoaderCachesAreOfThisFormat) { expect_kept("loader_cache", loader_cache_seeds()); }

}  // namespace
}  // namespace penstock::fuzz
