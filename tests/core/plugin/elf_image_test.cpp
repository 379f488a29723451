#include <gmock/gmock.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <fstream>
#include <iterator>
#include <span>
#include <string_view>

#include "core/plugin/found.hpp"
#include "fixture/sparse_source.hpp"
#include "plugin/elf_format.hpp"
#include "plugin/image.hpp"
#include "plugin/image_file.hpp"

namespace penstock::plugin {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;

/** The libraries of the fuzzer's corpus: small, and each reaches another part of the reader. */
class ElfImage : public ::testing::Test {
 protected:
  void load(const std::string& seed) { load_file(std::string(PENSTOCK_SEEDS) + '/' + seed); }
  void load_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string raw{std::istreambuf_iterator<char>(file), {}};
    ASSERT_FALSE(raw.empty()) << path;
    bytes.resize(raw.size());
    std::memcpy(bytes.data(), raw.data(), raw.size());
  }
  std::optional<Image> read() { return read_first(bytes.size()); }
  std::optional<Image> read_first(std::size_t count) {
    found = {};
    return read_image(MemorySource(std::span(bytes).first(count)), "libseed.so", found);
  }
  template <class T>
  void put(std::size_t offset, T value) {
    std::memcpy(bytes.data() + offset, &value, sizeof value);
  }

  template <class T>
  T get(std::size_t offset) const {
    T value{};
    std::memcpy(&value, bytes.data() + offset, sizeof value);
    return value;
  }
  /** Where the value of a tag of the dynamic segment stands. */
  std::size_t dynamic(elf::Tag tag) const {
    std::size_t header = 64;
    while (get<std::uint32_t>(header) != elf::segment_dynamic) header += sizeof(elf::ProgramHeader);
    std::size_t at = get<std::uint64_t>(header + 8);
    while (get<std::int64_t>(at) != tag) at += sizeof(elf::Dynamic);
    return at + 8;
  }
  /** Makes the second segment end at the end of a sparse file of that size. */
  std::optional<Image> read_with_zeros_up_to(std::uint64_t size) {
    const std::size_t header = 64 + sizeof(elf::ProgramHeader);
    const std::uint64_t length = size - get<std::uint64_t>(header + 8);
    put(header + 32, length);
    put(header + 40, length);
    found = {};
    const fixture::SparseSource source(bytes, size);
    auto image = read_image(source, "libseed.so", found);
    EXPECT_LE(source.bytes_read(), 2 * largest_table);
    return image;
  }

  static constexpr std::uint64_t terabyte = std::uint64_t{1} << 40U, zeros_at = 0x10000;
  static constexpr std::size_t first_segment = 64, second_segment = 64 + sizeof(elf::ProgramHeader);
  std::vector<std::byte> bytes;
  Diagnostics found;
};

TEST_F(ElfImage, GivesTheTypesWithTheirRows) {
  for (const auto* seed : {"gnu_hash", "sysv_hash"}) {
    load(seed);
    const auto image = read();
    ASSERT_TRUE(image) << text_of(found);
    ASSERT_THAT(image->types, ElementsAre(Field(&ImageType::id, "another_stage"), Field(&ImageType::id, "good_stage")));
    EXPECT_THAT(*image->types[0].methods,
                ElementsAre(MethodRow{"create"}, MethodRow{"destroy", false, "free"}, MethodRow{"process"}));
    EXPECT_THAT(*image->types[1].manifest, HasSubstr("penstock:1\tname:good_stage\tinterface:Stage 1.0"));
  }
}

TEST_F(ElfImage, SeesANullPointerThroughEachKindOfRelocation) {
  for (const auto* seed : {"null_process", "relr", "visible"}) {
    load(seed);
    const auto image = read();
    ASSERT_TRUE(image) << text_of(found);
    ASSERT_EQ(image->types.size(), 1U);
    EXPECT_THAT(*image->types[0].methods,
                ElementsAre(MethodRow{"create", false}, MethodRow{"destroy", false}, MethodRow{"process", true}))
        << seed;
  }
}

TEST_F(ElfImage, OfALibraryThatIsNoPluginHasNoTypes) {
  load("not_a_plugin");
  const auto image = read();
  ASSERT_TRUE(image);
  EXPECT_TRUE(image->types.empty());
}

TEST_F(ElfImage, CutAnywhereIsTruncatedOrWhole) {
  load("gnu_hash");
  const auto whole = read();
  ASSERT_TRUE(whole);
  for (std::size_t count = 4; count < bytes.size(); ++count) {
    const auto cut = read_first(count);
    if (cut) {
      ASSERT_EQ(cut->types.size(), whole->types.size()) << count;
    } else {
      ASSERT_THAT(codes(found), ElementsAre("PS0105")) << count;
    }
  }
}

TEST_F(ElfImage, WithAnyByteFlippedIsReadOrRefused) {
  load("gnu_hash");
  for (std::byte& byte : bytes) {
    for (const auto mask : {std::byte{0x01}, std::byte{0x80}, std::byte{0xff}}) {
      byte ^= mask;
      const auto image = read();
      EXPECT_NE(image.has_value(), found.has_errors());
      byte ^= mask;
    }
  }
}

TEST_F(ElfImage, NamesTheOtherMachine) {
  load("gnu_hash");
  put(18, std::uint16_t{183});
  EXPECT_FALSE(read());
  EXPECT_THAT(codes(found), ElementsAre("PS0107"));
  EXPECT_THAT(text_of(found), HasSubstr("AArch64, 64-bit, little-endian"));
  load("big_endian");
  EXPECT_FALSE(read());
  EXPECT_THAT(text_of(found), HasSubstr("big-endian"));
  load("class_32");
  EXPECT_FALSE(read());
  EXPECT_THAT(text_of(found), HasSubstr("32-bit"));
}

TEST_F(ElfImage, IgnoresSectionHeaders) {
  load("gnu_hash");
  put(40, ~std::uint64_t{0});     // where they are
  put(58, std::uint16_t{7});      // their size
  put(60, std::uint16_t{65535});  // their number
  const auto image = read();
  ASSERT_TRUE(image) << text_of(found);
  EXPECT_EQ(image->lost_sections, "65535 of 7 bytes at byte 18446744073709551615");
}

TEST_F(ElfImage, TellsOfSectionHeadersThatAreNone) {
  load("gnu_hash");
  put(40, std::uint64_t{64});
  put(60, std::uint16_t{2});
  put(58, std::uint16_t{64});
  EXPECT_EQ(read()->lost_sections, "");
  put(58, std::uint16_t{63});
  EXPECT_EQ(read()->lost_sections, "2 of 63 bytes at byte 64");
}

TEST_F(ElfImage, AllocatesNothingForACountThatTheFileCannotHold) {
  load("sysv_hash");
  std::size_t patched = 0;
  for (std::size_t at = 0; at + 16 <= bytes.size(); at += 8) {  // DT_STRSZ, DT_RELASZ
    std::uint64_t tag = 0;
    std::memcpy(&tag, bytes.data() + at, sizeof tag);
    std::uint64_t next = 0;
    std::memcpy(&next,
                bytes.data() + at + 16 <= bytes.data() + bytes.size() - 8 ? bytes.data() + at + 16 : bytes.data(),
                sizeof next);
    if (tag != 10 || next != 11) continue;  // DT_STRSZ is followed by DT_SYMENT
    put(at + 8, std::uint64_t{1} << 60U);
    ++patched;
  }
  ASSERT_EQ(patched, 1U);
  EXPECT_FALSE(read());
  EXPECT_THAT(codes(found), ElementsAre("PS0108"));
}

TEST_F(ElfImage, OfASparseTerabyteIsReadLikeAnyOther) {
  load("gnu_hash");
  const auto image = read_with_zeros_up_to(terabyte);
  ASSERT_TRUE(image) << text_of(found);
  EXPECT_EQ(image->types.size(), 2U);
}

TEST_F(ElfImage, OfASparseTerabyteIsRefusedForATableThatNobodyHas) {
  for (const auto& [table, size] :
       {std::pair{elf::tag_strings, elf::tag_strings_size}, {elf::tag_rela, elf::tag_rela_size}}) {
    load("gnu_hash");
    put(dynamic(table), zeros_at);
    put(dynamic(size), largest_table + 24);
    EXPECT_FALSE(read_with_zeros_up_to(terabyte));
    EXPECT_THAT(codes(found), ElementsAre("PS0108"));
    EXPECT_THAT(text_of(found), HasSubstr("tables of at most 134217728 bytes"));
  }
}

TEST_F(ElfImage, OfASparseTerabyteHasNoManifestsOfManyMegabytes) {
  load("gnu_hash");
  for (const std::size_t symbol : {4U, 5U}) {
    const std::size_t at = get<std::uint64_t>(dynamic(elf::tag_symbols)) + symbol * sizeof(elf::Symbol);
    put(at + offsetof(elf::Symbol, value), zeros_at);
    put(at + offsetof(elf::Symbol, size), largest_table / 3 * 2);
  }
  EXPECT_FALSE(read_with_zeros_up_to(terabyte));
  EXPECT_THAT(text_of(found), HasSubstr("more text than the file can hold"));
}

TEST_F(ElfImage, OfASparseTerabyteIsNotSearchedForTheEndOfAHashChain) {
  load("gnu_hash");
  put(0x900,
      elf::Dynamic{elf::tag_gnu_hash, 0x1a48});  // behind the last byte: one bucket, whose chain lies in the zeros
  bytes.resize(0xa48);
  for (const std::uint32_t word : {1U, 1U, 0U, 0U, 4096U}) {
    bytes.resize(bytes.size() + sizeof word);
    put(bytes.size() - sizeof word, word);
  }
  EXPECT_FALSE(read_with_zeros_up_to(terabyte));
  EXPECT_THAT(text_of(found), HasSubstr("an end of the last chain of DT_GNU_HASH"));
}

TEST_F(ElfImage, WhoseTypeIsAnAbsoluteValueIsMalformed) {
  for (const std::size_t symbol : {3U, 4U}) {
    load("gnu_hash");
    const std::size_t at = get<std::uint64_t>(dynamic(elf::tag_symbols)) + symbol * sizeof(elf::Symbol);
    put(at + offsetof(elf::Symbol, section), elf::section_absolute);
    EXPECT_FALSE(read());
    EXPECT_THAT(codes(found), ElementsAre("PS0108"));
    EXPECT_THAT(text_of(found), HasSubstr("_good_stage` at a place in the library"));
  }
}

TEST_F(ElfImage, WithLessInMemoryThanInTheFileIsMalformed) {
  for (const std::size_t header : {first_segment, second_segment}) {
    load("gnu_hash");
    put(header + offsetof(elf::ProgramHeader, memory_size), std::uint64_t{0x10});
    EXPECT_FALSE(read());
    EXPECT_THAT(codes(found), ElementsAre("PS0108"));
    EXPECT_THAT(text_of(found), HasSubstr("expected  a segment at least as large in memory as in the file\n"));
    EXPECT_THAT(text_of(found), HasSubstr("of 16 bytes in memory and "));
  }
}

TEST_F(ElfImage, WhoseSegmentsAreOutOfOrderOrOverlapIsMalformed) {
  constexpr std::size_t address = offsetof(elf::ProgramHeader, address);
  for (const std::uint64_t second : {std::uint64_t{0}, std::uint64_t{0x84b}}) {  // the first ends at 0x84c
    load("gnu_hash");
    put(second_segment + address, second);
    EXPECT_FALSE(read());
    EXPECT_THAT(codes(found), ElementsAre("PS0108"));
    EXPECT_THAT(text_of(found), HasSubstr("segments one behind the other"));
  }
  load("gnu_hash");
  std::swap_ranges(bytes.begin() + first_segment, bytes.begin() + second_segment, bytes.begin() + second_segment);
  EXPECT_FALSE(read());
  EXPECT_THAT(text_of(found), HasSubstr("found     one at address 0, and the one before it ends at 6728"));
}

TEST_F(ElfImage, WhoseTablesCannotBeReadInMemoryIsMalformed) {
  for (const std::size_t header : {first_segment, second_segment}) {
    load("gnu_hash");
    put(header + offsetof(elf::ProgramHeader, flags), elf::flag_executable);
    EXPECT_FALSE(read());
    EXPECT_THAT(codes(found), ElementsAre("PS0108"));
    EXPECT_THAT(text_of(found), HasSubstr("in a segment that can be read"));
  }
}

TEST_F(ElfImage, ThatIsAProgramSaysHowItIsLinked) {
  constexpr auto tag_rela_count = static_cast<elf::Tag>(0x6ffffff9);  // a hint, which no reader needs
  load("program");
  EXPECT_FALSE(read());
  EXPECT_THAT(text_of(found), HasSubstr("found     a program\n   = help: link it with `-shared`"));
  load("gnu_hash");  // position-independent, as most programs are: by its header it is a library
  put(dynamic(tag_rela_count) - 8, elf::Dynamic{elf::tag_flags_1, elf::flag_1_program});
  EXPECT_FALSE(read());
  EXPECT_THAT(codes(found), ElementsAre("PS0106"));
  EXPECT_THAT(text_of(found), HasSubstr("found     a program\n   = help: link it with `-shared`"));
}

TEST_F(ElfImage, WithASymbolOfAVersionThatNoTableHasIsMalformed) {
  const auto linkage = [&] {
    found = {};
    return read_linkage(MemorySource(bytes), "libneeded_base.so", found);
  };
  load_file(PENSTOCK_LIBRARIES "/libneeded_base.so");
  ASSERT_TRUE(linkage()) << text_of(found);
  const std::size_t second_symbol = get<std::uint64_t>(dynamic(elf::tag_versions)) + 2;
  constexpr std::uint16_t hidden = 0x8000, far = 0x7ffe;
  put(second_symbol, static_cast<std::uint16_t>(hidden | get<std::uint16_t>(second_symbol)));
  EXPECT_TRUE(linkage()) << text_of(found);
  put(second_symbol, far);
  EXPECT_FALSE(linkage());
  ASSERT_THAT(codes(found), ElementsAre("PS0108"));
  EXPECT_THAT(text_of(found), HasSubstr("found     32766 of the symbol 1\n"));
  EXPECT_EQ(found[0].place.offset, second_symbol);
}

TEST_F(ElfImage, QuotesTheBeginningOfAText) {
  const auto said_of = [&](std::string_view text) {
    const auto raw = std::as_bytes(std::span(text));
    bytes.assign(raw.begin(), raw.end());
    EXPECT_FALSE(read());
    return text_of(found);
  };
  EXPECT_THAT(said_of("version https://git-lfs.github.com/spec/v1\noid sha256:0123\n"),
              HasSubstr("found     a text that begins `version https://git-lfs.github.com/spec/...`\n"));
  EXPECT_THAT(said_of("\n#!/bin/sh\nexec plant\n"), HasSubstr("found     a text that begins `#!/bin/sh`\n"));
  EXPECT_THAT(said_of("ab"), HasSubstr("found     bytes 61 62\n"));
  EXPECT_THAT(said_of("PK\x03\x04 and so on"), HasSubstr("found     bytes 50 4b 03 04\n"));
  EXPECT_THAT(said_of(""), HasSubstr("found     an empty file\n"));
}

TEST_F(ElfImage, OfAnotherKindSaysWhatItIsAndWhatToDo) {
  const auto said_of = [&](std::string_view beginning) {
    const auto raw = std::as_bytes(std::span(beginning));
    bytes.assign(raw.begin(), raw.end());
    bytes.resize(200);
    found = {};
    EXPECT_FALSE(read());
    EXPECT_THAT(codes(found), ElementsAre("PS0106"));
    return text_of(found);
  };
  using namespace std::string_view_literals;
  for (const std::string_view magic : {"\xcf\xfa\xed\xfe"sv, "\xfe\xed\xfa\xcf"sv, "\xce\xfa\xed\xfe"sv,
                                       "\xfe\xed\xfa\xce"sv, "\xca\xfe\xba\xbe\0\0\0\2"sv, "\xca\xfe\xba\xbf"sv})
    EXPECT_THAT(said_of(magic),
                HasSubstr("found     a Mach-O library, for macOS\n   = help: build it for this system\n"));
  EXPECT_THAT(said_of("\xca\xfe\xba\xbe\0\0\0\x34"sv), HasSubstr("found     bytes ca fe ba be\n")) << "is of Java";
  for (const std::string_view magic : {"!<arch>\n"sv, "!<thin>\n"sv})
    EXPECT_THAT(said_of(magic), HasSubstr("found     a static library\n   = help: link what it holds as a shared "
                                          "library, with `-shared`; a static one cannot be loaded\n"));
}

TEST_F(ElfImage, DefinesAbsoluteValuesForOthers) {
  load("gnu_hash");
  const std::size_t at = get<std::uint64_t>(dynamic(elf::tag_symbols)) + 3 * sizeof(elf::Symbol);
  put(at + offsetof(elf::Symbol, section), elf::section_absolute);
  EXPECT_THAT(*exported_symbols(MemorySource(bytes)), testing::Contains("penstock_methods_good_stage"));
}

TEST_F(ElfImage, CollectsTheSymbolsThatNobodyDefines) {
  load("undefined_members");
  const auto image = read();
  ASSERT_TRUE(image) << text_of(found);
  EXPECT_THAT(image->undefined, ::testing::Contains("_ZN5plant12_GLOBAL__N_15Clamp7processEv"));
}

TEST_F(ElfImage, KeepsTheFaultsOfATableToItsType) {
  load("undefined_members");
  const auto image = read();
  ASSERT_TRUE(image);
  for (const ImageType& type : image->types) EXPECT_EQ(type.faults.has_errors(), type.id == "text");
}

TEST_F(ElfImage, StopsAtAHashChainThatRunsIntoMemoryBehindTheFile) {
  load("found_endless_hash_chain");
  EXPECT_FALSE(read());
  EXPECT_THAT(codes(found), ElementsAre("PS0108"));
}

TEST_F(ElfImage, ReportsTheUsualMisfits) {
  for (const auto& [seed, code] : std::vector<std::pair<const char*, const char*>>{{"object_file", "PS0106"},
                                                                                   {"program", "PS0106"},
                                                                                   {"text_good", "PS0106"},
                                                                                   {"no_segments", "PS0108"},
                                                                                   {"too_many_segments", "PS0108"},
                                                                                   {"class_9", "PS0108"},
                                                                                   {"no_hash", "PS0108"},
                                                                                   {"cut_in_header", "PS0105"}}) {
    load(seed);
    EXPECT_FALSE(read()) << seed;
    EXPECT_THAT(codes(found), ElementsAre(code)) << seed;
  }
}

}  // namespace
}  // namespace penstock::plugin
