// Files that are no plugins any more, or never were, all in one directory with good ones.
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <functional>
#include <optional>
#include <utility>

#include "cli/penstock_program.hpp"

namespace penstock::cli {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// Seconds of the processor, so that a busy machine makes nothing fail; what sleeps is ended by the clock on the wall.
#if defined(__SANITIZE_ADDRESS__) || defined(__has_feature)
constexpr bool has_limits = false;  // a sanitizer reserves more memory than there is, and takes its time
constexpr const char* limits = "timeout -k 1 60 ";
#else
constexpr bool has_limits = true;
constexpr const char* limits = "ulimit -v 300000; ulimit -t 2; timeout -k 1 60 ";
#endif

/** A good library, to be spoiled. Offsets are those of the System V ABI, chapters 4 and 5. */
class Library {
 public:
  explicit Library(std::string bytes) : bytes_(std::move(bytes)) {}

  template <class T>
  [[nodiscard]] T get(std::size_t offset) const {
    T value;
    std::memcpy(&value, bytes_.data() + offset, sizeof value);
    return value;
  }
  template <class T>
  Library& put(std::size_t offset, T value) {
    std::memcpy(bytes_.data() + offset, &value, sizeof value);
    return *this;
  }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] std::string first(std::size_t count) const { return bytes_.substr(0, count); }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

  [[nodiscard]] std::size_t segment(std::uint32_t type) const {
    std::size_t at = get<std::uint64_t>(32);
    while (get<std::uint32_t>(at) != type) at += 56;
    return at;
  }
  [[nodiscard]] std::size_t last_segment(std::uint32_t type) const {
    std::size_t at = get<std::uint64_t>(32) + (get<std::uint16_t>(56) - std::size_t{1}) * 56;
    while (get<std::uint32_t>(at) != type) at -= 56;
    return at;
  }
  [[nodiscard]] std::size_t section(std::uint32_t type) const {
    std::size_t at = get<std::uint64_t>(40);
    while (get<std::uint32_t>(at + 4) != type) at += 64;
    return at;
  }
  [[nodiscard]] std::size_t section_of_names() const {
    return get<std::uint64_t>(40) + get<std::uint16_t>(62) * std::size_t{64};
  }

 private:
  std::string bytes_;
};

/** A file and what `list` says of it: a code and a phrase; nothing, if there is nothing to say. */
struct Hostile {
  std::string name;
  std::function<void(const fs::path&)> make;
  std::string code, phrase;
};

class HostileFiles : public PenstockProgram {
 protected:
  static constexpr std::uint32_t loaded_segment = 1, dynamic_segment = 2, dynamic_symbols = 11;
  static constexpr std::uint64_t string_table = 5, string_table_size = 10;

  void SetUp() override {
    fs::create_directory(plugins());
    fs::copy_file(PENSTOCK_BAD_PLUGINS "/libgood.so", plugins() / "a_good.so");
  }

  [[nodiscard]] fs::path plugins() const { return directory.path() / "plugins"; }
  [[nodiscard]] static Library good() { return Library(fixture::read_text(PENSTOCK_BAD_PLUGINS "/libgood.so")); }

  static std::function<void(const fs::path&)> file(const std::string& bytes) {
    return [bytes](const fs::path& path) { fixture::write_text(path, bytes); };
  }
  template <class T>
  static std::function<void(const fs::path&)> patched(std::size_t offset, T value) {
    return file(good().put(offset, value).bytes());
  }
  static std::function<void(const fs::path&)> bad_plugin(const std::string& name) {
    return [name](const fs::path& path) { fs::copy_file(PENSTOCK_BAD_PLUGINS "/lib" + name + ".so", path); };
  }
  /** A good library whose last segment ends with a sparse file of a terabyte; of it, a table of strings of `strings` bytes. */
  static std::function<void(const fs::path&)> terabyte(std::optional<std::uint64_t> strings) {
    return [strings](const fs::path& path) {
      constexpr std::uint64_t size = std::uint64_t{1} << 40U, zeros = std::uint64_t{1} << 30U;
      Library library = good();
      const std::size_t segment = library.last_segment(loaded_segment), dynamic = library.segment(dynamic_segment);
      const auto offset = library.get<std::uint64_t>(segment + 8), address = library.get<std::uint64_t>(segment + 16);
      library.put(segment + 32, size - offset).put(segment + 40, size - offset);
      std::size_t entry = library.get<std::uint64_t>(dynamic + 8);
      for (; library.get<std::uint64_t>(entry) != 0 && strings; entry += 16) {
        if (library.get<std::uint64_t>(entry) == string_table) library.put(entry + 8, address + zeros);
        if (library.get<std::uint64_t>(entry) == string_table_size) library.put(entry + 8, *strings);
      }
      fixture::write_text(path, library.bytes());
      fs::resize_file(path, size);
    };
  }
  static std::vector<Hostile> files();

  /** What is said of each file, in one text, beginning with its summaries. */
  [[nodiscard]] static std::string said_of(const std::string& name, const std::string& text) {
    std::string said, one;
    const auto close = [&] {
      if (one.find("--> plugins/" + name) != std::string::npos) said += one;
      one.clear();
    };
    for (const std::string& line : lines_of(text)) {
      if (!line.starts_with(' ')) close();
      one += line + '\n';
    }
    close();
    return said;
  }
  [[nodiscard]] fixture::Finished list_with_limits(const std::string& arguments) const {
    return shell(limits + ("\"$PENSTOCK\" list " + arguments));
  }
};

std::vector<Hostile> HostileFiles::files() {
  const Library library = good();
  const std::size_t dynamic = library.segment(dynamic_segment);
  const auto outside = [&] {
    return Library(library).put(dynamic + 8, std::uint64_t{1} << 40U).put(dynamic + 16, std::uint64_t{1} << 40U);
  };
  return {
      // cut
      {"cut_4.so", file(library.first(4)), "PS0105", "found     4 bytes"},
      {"cut_64.so", file(library.first(64)), "PS0105", "found     64 bytes"},
      {"cut_third.so", file(library.first(library.size() / 3)), "PS0105", "is truncated"},
      {"cut_two_thirds.so", file(library.first(2 * library.size() / 3)), "PS0105", "is truncated"},
      // Of its sections or, with another linker, of its segments.
      {"cut_5000.so", file(library.first(library.size() - 5000)), "PS0105", ""},
      {"nothing.so", file(""), "PS0106", "an empty file"},
      // no file
      {"fifo.so", [](const fs::path& path) { ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0); }, "PS0102", "a FIFO"},
      {"directory.so", [](const fs::path& path) { fs::create_directory(path); }, "PS0102", "a directory"},
      {"loop.so", [](const fs::path& path) { fs::create_symlink(path.filename(), path); }, "PS0103", "in a circle"},
      // of another machine
      {"aarch64.so", patched(18, std::uint16_t{183}), "PS0107", "AArch64"},
      {"i386.so", file(Library(library).put(4, char{1}).put(18, std::uint16_t{3}).bytes()), "PS0107", "32-bit"},
      {"big_endian.so", patched(5, char{2}), "PS0107", "big-endian"},
      // not what they were
      {"debug_only.so", bad_plugin("debug_information_only"), "PS0115", "debug information only"},
      {"hidden.so", bad_plugin("hidden_types"), "PS0114", "hides it"},
      {"needs_library.so", bad_plugin("needs_missing_library"), "PS0112", "needs `libz.so.0`, which is missing"},
      {"needs_version.so", bad_plugin("needs_missing_version"), "PS0113", "needs `GLIBC_9.9.9`"},
      // headers that claim what cannot be; the loader looks at no section
      {"names_without_end.so", patched(library.section_of_names() + 32, ~std::uint64_t{0}), "", ""},
      {"names_of_a_terabyte.so", patched(library.section_of_names() + 32, std::uint64_t{1} << 40U), "", ""},
      {"seven_bytes_of_symbols.so", patched(library.section(dynamic_symbols) + 32, std::uint64_t{7}), "", ""},
      {"sections_of_7_bytes.so", patched(58, std::uint16_t{7}), "PS0105", "of 7 bytes at byte"},
      {"sections_65535.so", patched(60, std::uint16_t{65535}), "PS0105", "has lost its section headers"},
      {"segments_0.so", patched(56, std::uint16_t{0}), "PS0108", "found     0 of 56 bytes"},
      {"segments_65535.so", patched(56, std::uint16_t{65535}), "PS0108", "found     65535 of 56 bytes"},
      {"less_in_memory.so", patched(library.last_segment(loaded_segment) + 40, std::uint64_t{16}), "PS0108",
       "at least as large in memory as in the file"},
      {"dynamic_outside.so", file(outside().bytes()), "PS0108", "addresses within the segments"},
      {"dynamic_endless.so", patched(dynamic + 32, std::uint64_t{1} << 63U), "PS0108", "a table within the file"},
      {"terabyte_of_names.so", terabyte(std::uint64_t{1} << 38U), "PS0108", "tables of at most 134217728 bytes"},
      {"terabyte.so", terabyte(std::nullopt), "", ""},
      // names that no author writes
      {"escape.so", bad_plugin("escape_in_name"), "PS0301", "a control byte"},
      {"no_text.so", bad_plugin("not_utf8_in_name"), "PS0301", "not UTF-8"},
      {"path.so", bad_plugin("path_in_name"), "PS0304", "`../../stag`"},
      {"long.so", [](const fs::path& path) { fs::copy_file(PENSTOCK_TEST_PLUGINS "/long_name.so", path); }, "PS0108",
       "names of at most 4095 bytes"},
      {"capital.so", bad_plugin("capital_in_name"), "PS0304", "`Capital_in_name`"},
  };
}

TEST_F(HostileFiles, AreEachRefusedForTheTrueReasonBesideTheGoodOnes) {
  for (const Hostile& hostile : files()) hostile.make(plugins() / hostile.name);
  const auto list = list_with_limits("--plugins plugins --plugins " PENSTOCK_PLUGINS);
  ASSERT_EQ(list.status, 0) << list.err;
  for (const char* type : {"good_stage", "another_stage", "csv_reader", "csv_writer", "capital_in_name"})
    EXPECT_THAT('\n' + list.out, HasSubstr('\n' + std::string(type) + ' '));
  EXPECT_THAT(list.out + list.err, Not(HasSubstr("\033")));
  EXPECT_LT(list.err.size(), 20'000U);
  for (const auto& [name, make, code, phrase] : files())
    EXPECT_THAT(said_of(name, list.err), AllOf(HasSubstr(code), HasSubstr(phrase))) << name;
}

TEST_F(HostileFiles, AreEachReadInBoundsWhenTheyAreAlone) {
  for (const auto& [name, make, code, phrase] : files()) {
    const fs::path alone = directory.path() / "alone";
    fs::create_directory(alone);
    make(alone / name);
    const auto list = list_with_limits("--json --plugins alone");
    fs::remove_all(alone);
    EXPECT_EQ(list.status, 0) << name << '\n' << list.err;
    if (code.empty())
      EXPECT_THAT(list.out, AllOf(HasSubstr("good_stage"), Not(HasSubstr("PS0")))) << name;
    else
      EXPECT_THAT(list.out, HasSubstr(code)) << name;
  }
}

TEST_F(HostileFiles, AreLargerThanTheMemoryThatThereIs) {
  if (!has_limits) GTEST_SKIP() << "a sanitizer reserves more memory than there is";
  terabyte(std::uint64_t{120} << 20U)(plugins() / "large.so");
  // So much is needed without it.
  ASSERT_EQ(shell("ulimit -v 120000; \"$PENSTOCK\" list --plugins " PENSTOCK_PLUGINS).status, 0);
  const auto list = shell("ulimit -v 120000; \"$PENSTOCK\" list --plugins plugins");
  EXPECT_EQ(list.status, 0);
  EXPECT_THAT(list.out, HasSubstr("good_stage"));
  EXPECT_THAT(list.err, AllOf(StartsWith("error[PS0101]: library `large.so` cannot be read"), HasSubstr("memory")));
}

TEST_F(HostileFiles, AreNotTheGoodOnesOfAProcessThatMayOpenFewFiles) {
  if (!has_limits) GTEST_SKIP() << "a sanitizer opens files of its own";
  const auto list =
      shell("exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-; ulimit -n 4; exec \"$PENSTOCK\" list --plugins plugins");
  EXPECT_EQ(list.status, 0);
  EXPECT_THAT(list.out, HasSubstr("good_stage"));
  EXPECT_THAT(list.err, Not(HasSubstr("PS0112")));
}

TEST_F(HostileFiles, AreFilesThatMayNotBeRead) {
  const bool is_root = ::geteuid() == 0;  // and may read everything: the while, be nobody
  const std::string nobody = is_root ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : "";
  fs::permissions(directory.path(), fs::perms(0755));
  fs::copy_file(PENSTOCK_BAD_PLUGINS "/libgood.so", plugins() / "b_secret.so");
  fs::permissions(plugins() / "b_secret.so", fs::perms::none);
  if (shell(nobody + "test -x \"$PENSTOCK\" -a -r plugins").status != 0)
    GTEST_SKIP() << "nobody may run the program here";
  const auto list = shell(nobody + "\"$PENSTOCK\" list --plugins plugins");
  EXPECT_EQ(list.status, 0);
  EXPECT_THAT(list.out, HasSubstr("good_stage"));
  EXPECT_THAT(list.err, AllOf(StartsWith("error[PS0101]: library `b_secret.so` cannot be read"),
                              HasSubstr("give the user who runs Penstock the right to read it")));
}

TEST_F(HostileFiles, NeedALibraryThatWasDeleted) {
  fs::copy_file(PENSTOCK_TEST_PLUGINS "/libneeds_plant.so", plugins() / "needs_plant.so");
  fs::copy_file(PENSTOCK_TEST_PLUGINS "/libplant.so", plugins() / "libplant.so");
  const auto whole = penstock({"list", "--plugins", "plugins"});
  EXPECT_THAT(whole.out, HasSubstr("needs_plant "));
  EXPECT_THAT(whole.err, Not(HasSubstr("error[")));
  fs::remove(plugins() / "libplant.so");
  const auto list = penstock({"list", "--plugins", "plugins"});
  EXPECT_EQ(list.status, 0);
  EXPECT_THAT(list.out, AllOf(HasSubstr("good_stage"), Not(HasSubstr("needs_plant"))));
  EXPECT_THAT(list.err, StartsWith("error[PS0112]: library `needs_plant.so` needs `libplant.so`, which is missing"));
}

TEST_F(HostileFiles, HaveTenThousandParametersAndAMisspeltOneIsNamedSoon) {
  write("p.yaml",
        "source: {type: csv_reader, path: r.csv}\nstages: [{type: ten_thousand_parameters, p_12345: 1, q: 2}]\n"
        "sink: {type: csv_writer, path: out.csv}\n");
  const auto validate = shell(limits + std::string("\"$PENSTOCK\" validate p.yaml --plugins " PENSTOCK_PLUGINS
                                                   " --plugins " PENSTOCK_TEST_PLUGINS));
  EXPECT_EQ(validate.status, 2);
  EXPECT_THAT(validate.err, HasSubstr("`ten_thousand_parameters` has no parameter `p_12345`"));
  EXPECT_THAT(validate.err, HasSubstr("did you mean `p_1234`"));
  EXPECT_LT(validate.err.size(), 3'000U);
}

TEST_F(HostileFiles, BringALibraryThatTheHostHasToo) {
  const auto check = penstock({"check", PENSTOCK_TEST_PLUGINS "/libbundles_yaml.so"});
  EXPECT_EQ(check.status, 0);
  EXPECT_THAT(check.out, AllOf(HasSubstr("warn[CT-110]"), HasSubstr("`yaml_get_version_string`"), HasSubstr("host")));
}

}  // namespace
}  // namespace penstock::cli
