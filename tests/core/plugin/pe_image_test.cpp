#include <gmock/gmock.h>

#include <cstring>
#include <limits>

#include "core/plugin/found.hpp"
#include "fixture/counting_source.hpp"
#include "fixture/windows_library.hpp"
#include "plugin/image.hpp"

namespace penstock::plugin {
namespace {

using fixture::WindowsLibrary;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr auto most = std::numeric_limits<std::uint32_t>::max();

class PeImage : public ::testing::Test {
 protected:
  PeImage() { build(good()); }

  static WindowsLibrary good() {
    WindowsLibrary library;
    library.type("clamp", "penstock:1\tname:clamp\n", {{"create"}, {"process"}});
    library.type("window", "penstock:1\tname:window\n", {{"process", false}});
    return library;
  }

  void build(const WindowsLibrary& library) { bytes = library.bytes(); }
  std::optional<Image> read() { return read_first(bytes.size()); }
  std::optional<Image> read_first(std::size_t count) {
    found = {};
    return read_image(MemorySource(std::span(bytes).first(count)), "seed.dll", found);
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
  /** Where an address is in the file. */
  std::size_t place(std::uint32_t address) const {
    for (std::size_t i = 0; i < get<std::uint16_t>(WindowsLibrary::header_at + 2); ++i) {
      const auto section = get<pe::SectionHeader>(WindowsLibrary::sections_at + i * sizeof(pe::SectionHeader));
      if (address >= section.address && address - section.address < section.file_size)
        return section.offset + address - section.address;
    }
    throw std::out_of_range("address");
  }
  /** A word of the directory of exports. */
  std::size_t exports(std::size_t word) const { return place(WindowsLibrary::exports_address) + 4 * word; }
  static std::size_t directory(pe::DirectoryIndex index) {
    return WindowsLibrary::directories_at + index * sizeof(pe::Directory);
  }
  void expect_refused(const char* code, const char* words) {
    EXPECT_FALSE(read());
    EXPECT_THAT(codes(found), ElementsAre(code));
    EXPECT_THAT(text_of(found), HasSubstr(words));
  }

  std::vector<std::byte> bytes;
  Diagnostics found;
};

constexpr std::size_t function_count = 5, name_count = 6, functions = 7, names = 8, ordinals = 9;

TEST_F(PeImage, GivesTheTypesWithTheirRows) {
  const auto image = read();
  ASSERT_TRUE(image) << text_of(found);
  ASSERT_THAT(image->types, ElementsAre(Field(&ImageType::id, "clamp"), Field(&ImageType::id, "window")));
  EXPECT_EQ(image->types[0].manifest, "penstock:1\tname:clamp\n");
  EXPECT_THAT(*image->types[0].methods, ElementsAre(MethodRow{"create"}, MethodRow{"process"}));
  EXPECT_THAT(*image->types[1].methods, ElementsAre(MethodRow{"process", true}));
}

TEST_F(PeImage, SaysForWhichSystemItIs) {
  EXPECT_EQ(read()->built_for, pe::host_machine == pe::machine_aarch64 ? "Windows AArch64" : "Windows x86-64");
}

TEST_F(PeImage, NamesTheLibrariesThatItNeeds) { EXPECT_THAT(read()->dependencies.needed, ElementsAre("KERNEL32.dll")); }

TEST_F(PeImage, OfALibraryThatIsNoPluginHasNoTypes) {
  build(WindowsLibrary().exported("DllMain", WindowsLibrary::data_address));
  ASSERT_TRUE(read()) << text_of(found);
  EXPECT_THAT(read()->types, IsEmpty());
}

TEST_F(PeImage, WithoutExportsHasNoTypes) {
  put(directory(pe::directory_exports), pe::Directory{});
  ASSERT_TRUE(read()) << text_of(found);
  EXPECT_THAT(read()->types, IsEmpty());
}

TEST_F(PeImage, WhoseExportsHaveNumbersAndNoNamesHasNoTypes) {
  put(exports(name_count), 0U);
  ASSERT_TRUE(read()) << text_of(found);
  EXPECT_THAT(read()->types, IsEmpty());
}

TEST_F(PeImage, IsReadAtItsBaseWhereTheRelocationsWereThrownAway) {
  const auto whole = read();
  put(directory(pe::directory_relocations), pe::Directory{});
  ASSERT_TRUE(read());
  EXPECT_THAT(codes(read()->types[0].faults), ElementsAre("PS0208"));  // its pointers are no pointers then
  put(WindowsLibrary::header_at + 18,
      std::uint16_t{pe::flag_relocations_stripped | pe::flag_executable | pe::flag_dll});
  ASSERT_TRUE(read());
  EXPECT_EQ(read()->types[0].methods, whole->types[0].methods);
  EXPECT_EQ(read()->types[1].methods, whole->types[1].methods);
}

TEST_F(PeImage, CutAnywhereIsTruncated) {
  for (std::size_t count = 2; count < bytes.size(); ++count) {
    ASSERT_FALSE(read_first(count)) << count;
    ASSERT_THAT(codes(found), ElementsAre("PS0105")) << count;
  }
}

TEST_F(PeImage, WithAnyByteFlippedIsReadOrRefused) {
  for (std::byte& byte : bytes) {
    for (const auto mask : {std::byte{0x01}, std::byte{0x80}, std::byte{0xff}}) {
      byte ^= mask;
      const auto image = read();
      EXPECT_NE(image.has_value(), found.has_errors());
      byte ^= mask;
    }
  }
}

TEST_F(PeImage, NamesTheOtherMachine) {
  for (const auto& [number, name] : std::vector<std::pair<int, const char*>>{
           {0x14c, "x86 (32-bit)"},
           {0x1c4, "ARM (32-bit)"},
           {0x200, "Itanium"},
           {0x5064, "RISC-V (64-bit)"},
           {7, "an unknown machine (7)"},
           {pe::host_machine == pe::machine_x86_64 ? pe::machine_aarch64 : pe::machine_x86_64,
            pe::host_machine == pe::machine_x86_64 ? "AArch64" : "x86-64"}}) {
    put(WindowsLibrary::header_at, static_cast<std::uint16_t>(number));
    expect_refused("PS0107", name);
  }
}

TEST_F(PeImage, OfAProgramIsNoLibrary) {
  put(WindowsLibrary::header_at + 18, std::uint16_t{pe::flag_executable});
  expect_refused("PS0106", "a program for Windows");
  put(WindowsLibrary::header_at + 18, std::uint16_t{pe::flag_dll});
  expect_refused("PS0106", "not linked to its end");
  put(WindowsLibrary::signature_at, 'N');
  expect_refused("PS0106", "a program for DOS");
}

TEST_F(PeImage, Of32BitsInItsOptionalHeaderIsMalformed) {
  put(WindowsLibrary::optional_at, std::uint16_t{0x10b});
  expect_refused("PS0108", "kind 267");
}

TEST_F(PeImage, WhoseHeadersDoNotHoldWhatTheyCountIsMalformed) {
  put(WindowsLibrary::header_at + 16, std::uint16_t{100});
  expect_refused("PS0108", "and 100 bytes");
  build(good());
  put(WindowsLibrary::header_at + 2, std::uint16_t{97});
  expect_refused("PS0108", "1 to 96 sections");
  put(WindowsLibrary::header_at + 2, std::uint16_t{0});
  expect_refused("PS0108", "1 to 96 sections");
  build(good());
  put(WindowsLibrary::optional_at + 108, most);  // the count of directories: no more are read than there can be
  EXPECT_TRUE(read()) << text_of(found);
}

TEST_F(PeImage, WhoseTablesLieOutsideItsSectionsIsMalformed) {
  for (const pe::DirectoryIndex index : {pe::directory_exports, pe::directory_imports, pe::directory_relocations}) {
    for (const pe::Directory absurd :
         {pe::Directory{0x9000, 40}, {most, 40}, {WindowsLibrary::exports_address, most}}) {
      build(good());
      put(directory(index), absurd);
      expect_refused("PS0108", "seed.dll");
    }
  }
}

TEST_F(PeImage, AllocatesNothingForACountThatTheFileCannotHold) {
  for (const std::size_t count : {function_count, name_count}) {
    build(good());
    put(exports(count), most);
    expect_refused("PS0108", "4294967295 entries");
  }
}

TEST_F(PeImage, WhoseExportsPointElsewhereIsMalformed) {
  for (const std::size_t table : {functions, names, ordinals}) {
    build(good());
    put(exports(table), 0x9000U);
    expect_refused("PS0108", "address 36864");
  }
}

TEST_F(PeImage, OfATypeThatAnotherLibraryHasIsMalformed) {
  WindowsLibrary library;
  library.exported("penstock_type_clamp", WindowsLibrary::exports_address + 40);
  build(library);
  expect_refused("PS0108", "forwarded to another");
}

TEST_F(PeImage, OfATypeThatIsNowhereIsMalformed) {
  for (const std::uint32_t address : {0U, 0x9000U, most}) {
    WindowsLibrary library;
    library.exported("penstock_type_clamp", address);
    build(library);
    expect_refused("PS0108", "`penstock_type_clamp` within the sections");
  }
}

TEST_F(PeImage, WithAnOrdinalBehindItsTableIsMalformed) {
  put(place(get<std::uint32_t>(exports(ordinals))), std::uint16_t{4});
  expect_refused("PS0108", "number 4 of 4");
}

TEST_F(PeImage, WithANameOutsideItsDirectoryIsMalformed) {
  put(place(get<std::uint32_t>(exports(names))), WindowsLibrary::data_address);
  expect_refused("PS0108", "exported names within their directory");
}

TEST_F(PeImage, WithANameThatDoesNotEndIsMalformed) {
  build(WindowsLibrary().exported("penstock_type_" + std::string(5000, 'x'), WindowsLibrary::data_address));
  expect_refused("PS0108", "at most 4095 bytes");
}

TEST_F(PeImage, WithBlocksOfRelocationsThatOverlapTheirEndIsMalformed) {
  for (const std::uint32_t size : {0U, 7U, 1000U, most}) {
    put(place(WindowsLibrary::relocations_address) + 4, size);
    expect_refused("PS0108", "blocks of relocations within their table");
  }
}

TEST_F(PeImage, WhoseNeededLibraryHasNoNameIsMalformed) {
  put(place(WindowsLibrary::imports_address) + 12, 0x9000U);
  expect_refused("PS0108", "names of needed libraries");
}

TEST_F(PeImage, WhoseTableOfNeededLibrariesDoesNotEndIsMalformed) {
  WindowsLibrary library = good();
  const std::uint32_t name = library.text("PLANT.dll");
  build(library);
  const std::size_t imports = place(WindowsLibrary::imports_address);
  for (std::size_t i = 0; i < 2; ++i) put(imports + i * sizeof(pe::Import) + offsetof(pe::Import, library), name);
  const auto memory_size = std::uint32_t{2 * sizeof(pe::Import)};
  put(WindowsLibrary::sections_at + 3 * sizeof(pe::SectionHeader) + offsetof(pe::SectionHeader, memory_size),
      memory_size);
  put(directory(pe::directory_imports) + 4, std::uint32_t{sizeof(pe::Import)});  // one, as if its end stood there
  expect_refused("PS0108", "an end of the table of needed libraries");
}

TEST_F(PeImage, WhoseLastExportedNameDoesNotEndIsMalformed) {
  const std::size_t size = directory(pe::directory_exports) + 4;
  put(size, get<std::uint32_t>(size) - 1);
  expect_refused("PS0108", "a NUL behind every exported name");
}

TEST_F(PeImage, TakesNoTextBeyondTheEndOfItsSection) {
  constexpr std::size_t memory_size = WindowsLibrary::sections_at + offsetof(pe::SectionHeader, memory_size);
  const auto cut_last_byte = [&] { put(memory_size, get<std::uint32_t>(memory_size) - 1); };
  WindowsLibrary with_text;
  with_text.exported("penstock_type_clamp", with_text.text("penstock:1\n"));
  build(with_text);
  cut_last_byte();
  ASSERT_TRUE(read()) << text_of(found);
  EXPECT_THAT(codes(read()->types[0].faults), ElementsAre("PS0301"));

  WindowsLibrary with_row;
  const std::uint32_t table = with_row.table({{"process"}}), name = with_row.text("process");
  with_row.exported("penstock_methods_clamp", table);
  build(with_row);
  put(place(table), WindowsLibrary::base + name);
  ASSERT_THAT(read()->types[0].faults, IsEmpty());
  cut_last_byte();
  EXPECT_THAT(codes(read()->types[0].faults), ElementsAre("PS0208"));
}

TEST_F(PeImage, EndsNoTableWithTheZerosOfTheNextSymbol) {
  WindowsLibrary library = good();
  library.exported("penstock_methods_endless", library.table({{"process"}}, false));
  library.exported("penstock_type_endless", library.table({}));
  build(library);
  const auto image = read();
  ASSERT_TRUE(image) << text_of(found);
  ASSERT_EQ(image->types[1].id, "endless");
  EXPECT_THAT(codes(image->types[1].faults), ElementsAre("PS0208"));
}

TEST_F(PeImage, KeepsTheFaultsOfATableToItsType) {
  WindowsLibrary library = good();
  library.exported("penstock_methods_endless", library.table({{"process"}}, false));
  library.exported("penstock_type_endless", library.text("penstock:1\n"));
  build(library);
  const auto image = read();
  ASSERT_TRUE(image) << text_of(found);
  ASSERT_EQ(image->types.size(), 3U);
  for (const ImageType& type : image->types)
    EXPECT_THAT(codes(type.faults),
                type.id == "endless" ? std::vector<std::string>{"PS0208"} : std::vector<std::string>{});
}

TEST_F(PeImage, TakesNoPointerThatLeadsOutOfTheImage) {
  const auto image = read();
  const std::uint32_t clamp_rows = get<std::uint32_t>(place(get<std::uint32_t>(exports(functions))));
  for (const std::uint64_t pointer : {std::uint64_t{1}, WindowsLibrary::base - 1, WindowsLibrary::base + 0x9000,
                                      WindowsLibrary::base + (std::uint64_t{1} << 32U)}) {
    put(place(clamp_rows), pointer);
    const auto spoilt = read();
    ASSERT_TRUE(spoilt);
    EXPECT_THAT(codes(spoilt->types[0].faults), ElementsAre("PS0208"));
    EXPECT_EQ(spoilt->types[1].methods, image->types[1].methods);
  }
}

TEST_F(PeImage, WithManyShortTextsBeforeALongOneIsReadOnce) {
  WindowsLibrary library;
  const std::uint32_t text = library.text("");
  for (int id = 0; id < 200; ++id) library.exported("penstock_type_" + std::to_string(id), text);
  library.text(std::string(3000, 'x'));
  build(library);
  const fixture::CountingSource source(bytes);
  EXPECT_TRUE(read_image(source, "seed.dll", found)) << text_of(found);
  EXPECT_LE(source.bytes_read(), source.most_bytes());
}

TEST_F(PeImage, WhoseManifestsShareTheirBytesIsRefusedBeforeTheyAreCopied) {
  WindowsLibrary library;
  const std::uint32_t text = library.text(std::string(1500, 'x'));
  for (char id = 'a'; id <= 'z'; ++id) library.exported(std::string("penstock_type_") + id, text);
  build(library);
  expect_refused("PS0108", "exported symbols that do not share their bytes");
}

}  // namespace
}  // namespace penstock::plugin
