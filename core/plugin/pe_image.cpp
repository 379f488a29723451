#include "plugin/pe_image.hpp"

#include <algorithm>
#include <iterator>
#include <span>

#include "plugin/pe_file.hpp"
#include "plugin/pe_relocations.hpp"
#include "plugin/type_reader.hpp"

namespace penstock::plugin {
namespace {

/** Names may share their ends, as in an ELF file. */
constexpr std::size_t longest_name = 4096;
/** Windows allows 260 bytes for the path of a library. */
constexpr std::size_t longest_library = 260;
constexpr std::uint64_t most_needed = 256;

class PeReader {
 public:
  PeReader(const ByteSource& source, const std::string& file, Diagnostics& found)
      : file_(source, file, found), types_(file_) {}

  std::optional<Image> read() {
    offer_exports();
    PeRelocations relocations(file_, types_.tables());
    Image image;
    image.types = types_.read(relocations);
    if (!image.types.empty()) collect_dependencies(image);
    return file_.faulty() ? std::nullopt : std::optional(std::move(image));
  }

 private:
  /** What is exported by number alone has no name, and so is of no type. */
  void offer_exports() {
    const pe::Directory place = file_.directory(pe::directory_exports);
    if (place.size == 0) return;
    const auto exports = file_.value<pe::Exports>(place.address);
    if (!exports) return;
    const auto names = file_.array<std::uint32_t>(exports->names, exports->name_count);
    const auto ordinals = file_.array<std::uint16_t>(exports->ordinals, exports->name_count);
    const auto functions = file_.array<std::uint32_t>(exports->functions, exports->function_count);
    directory_ = file_.array<char>(place.address, place.size);
    // Numbers have 16 bits: no name stands for what lies behind them.
    std::vector<std::uint32_t> begins(functions.begin(),
                                      functions.begin() + std::min<std::ptrdiff_t>(std::ssize(functions), 1 << 16));
    std::ranges::sort(begins);
    for (std::size_t i = 0; i < names.size() && !file_.faulty(); ++i) {
      const std::string_view name = type_name(names[i], place);
      if (name.empty()) continue;
      if (ordinals[i] >= functions.size()) {
        file_.malformed("an address of `" + std::string(name) + '`',
                        "number " + std::to_string(ordinals[i]) + " of " + std::to_string(functions.size()), names[i]);
      } else if (is_within(functions[ordinals[i]], place)) {
        file_.malformed('`' + std::string(name) + "` in this library", "forwarded to another", functions[ordinals[i]]);
      } else if (file_.available(functions[ordinals[i]]) == 0) {
        file_.malformed('`' + std::string(name) + "` within the sections",
                        "address " + std::to_string(functions[ordinals[i]]), names[i]);
      } else {
        types_.offer(name, {functions[ordinals[i]], table_room(name, functions[ordinals[i]], begins)});
      }
    }
  }

  /** How long a table may be: up to what is exported next. 0 of the last, and of a text: that ends with its NUL. */
  static std::uint64_t table_room(std::string_view name, std::uint32_t address,
                                  std::span<const std::uint32_t> begins) noexcept {
    if (!name.starts_with(methods_prefix)) return 0;
    const auto next = std::ranges::upper_bound(begins, address);
    return next == begins.end() ? 0 : *next - address;
  }

  static bool is_within(std::uint32_t address, pe::Directory place) noexcept {
    return address >= place.address && address - place.address < place.size;
  }

  /** The name at `address` if it is one of a type, which is looked at first: only then its end is searched for. Linkers put
   *  the names into the directory that they belong to. */
  std::string_view type_name(std::uint32_t address, pe::Directory place) {
    if (!is_within(address, place)) {
      file_.malformed("exported names within their directory", "one at address " + std::to_string(address), address);
      return {};
    }
    const auto rest =
        std::string_view(directory_.data(), directory_.size()).substr(address - place.address, longest_name);
    if (!rest.starts_with(manifest_prefix) && !rest.starts_with(methods_prefix)) return {};
    const std::size_t end = rest.find('\0');
    if (end == std::string_view::npos) {
      const bool is_long = rest.size() == longest_name;
      file_.malformed(is_long ? "exported names of at most " + std::to_string(longest_name - 1) + " bytes"
                              : "a NUL behind every exported name",
                      is_long ? "a longer one" : "none up to the end of their directory", address);
      return {};
    }
    return rest.substr(0, end);
  }

  void collect_dependencies(Image& image) {
    const pe::Directory place = file_.directory(pe::directory_imports);
    if (place.size == 0) return;
    const std::uint64_t present = file_.available(place.address);
    if (place.size > present)
      return file_.malformed("a table of needed libraries within its section", std::to_string(place.size) + " bytes",
                             place.address);
    // Windows heeds the zeros at its end, and not the size.
    for (const pe::Import& import :
         file_.array<pe::Import>(place.address, std::min(present / sizeof(pe::Import), most_needed + 1))) {
      if (import.library == 0) return;
      auto library = file_.text(import.library, longest_library);
      if (!library) return file_.malformed("names of needed libraries", "another address", import.library);
      if (!types_.spend(sizeof import + library->size(), import.library)) return;
      image.dependencies.needed.push_back(std::move(*library));
    }
    file_.malformed("an end of the table of needed libraries, after at most " + std::to_string(most_needed), "none",
                    place.address);
  }

  PeFile file_;
  TypeReader types_;
  std::vector<char> directory_;  ///< of exports: the names are views into it
};

}  // namespace

std::optional<Image> read_pe_image(const ByteSource& source, const std::string& file, Diagnostics& found) {
  return PeReader(source, file, found).read();
}

}  // namespace penstock::plugin
