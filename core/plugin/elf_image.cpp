#include <algorithm>
#include <map>

#include "plugin/elf_linkage.hpp"
#include "plugin/elf_relocations.hpp"
#include "plugin/elf_symbols.hpp"
#include "plugin/image.hpp"
#include "plugin/manifest_text.hpp"

namespace penstock::plugin {
namespace {

constexpr std::string_view manifest_prefix = "penstock_type_", methods_prefix = "penstock_methods_";

struct TypeSymbols {
  const elf::Symbol *manifest = nullptr, *methods = nullptr;
};

/** Reads the types of one library. Symbols may share bytes, so a small file could name the same megabyte ten thousand
 *  times: what is taken out of it is charged against a budget of twice its size, which no linker's output exceeds. */
class ImageReader {
 public:
  ImageReader(const ByteSource& source, const std::string& file, Diagnostics& found)
      : file_name_(file), file_(source, file, found), symbols_(file_), budget_(2 * source.size() + 4096) {}

  std::optional<Image> read() {
    collect_types();
    std::vector<AddressRange> tables;
    for (const auto& [id, symbols] : types_)
      if (symbols.methods != nullptr) tables.push_back({symbols.methods->value, table_size(*symbols.methods)});
    ElfRelocations relocations(file_, symbols_.all(), std::move(tables));
    Image image;
    for (const auto& [id, symbols] : types_) {
      if (file_.faulty()) break;
      ImageType type{.id = std::string(id)};
      if (symbols.manifest != nullptr) read_manifest(*symbols.manifest, type);
      if (symbols.methods != nullptr) read_methods(*symbols.methods, relocations, type);
      image.types.push_back(std::move(type));
    }
    if (!image.types.empty()) collect_dependencies(image);
    return file_.faulty() ? std::nullopt : std::optional(std::move(image));
  }

 private:
  void collect_types() {
    for (const elf::Symbol& symbol : symbols_.all()) {
      if (!is_exported(symbol)) continue;
      const std::string_view name = symbols_.name(symbol);
      if (name.starts_with(manifest_prefix) && spend(name.size(), symbol.value)) {
        types_[name.substr(manifest_prefix.size())].manifest = &symbol;
      } else if (name.starts_with(methods_prefix) && spend(name.size(), symbol.value)) {
        types_[name.substr(methods_prefix.size())].methods = &symbol;
      }
    }
  }

  bool spend(std::uint64_t bytes, std::uint64_t address) {
    if (bytes > budget_) {
      file_.malformed("exported symbols that do not share their bytes", "more text than the file can hold", address);
      return false;
    }
    budget_ -= bytes;
    return true;
  }

  /** Assemblers and some compilers leave the size out: then the end is the NUL, or the row of NULLs. */
  [[nodiscard]] std::uint64_t table_size(const elf::Symbol& symbol) const noexcept {
    const std::uint64_t most = (most_rows + 1) * row_size;
    return std::min(symbol.size == 0 ? file_.available(symbol.value) : symbol.size, most);
  }

  void fault(ImageType& type, Code code, const std::string& summary, Comparison comparison, std::string help) const {
    type.faults.add({.code = code,
                     .summary = summary + " of type `" + type.id.substr(0, longest_row_name) + "` is malformed",
                     .place = {.file = file_name_},
                     .comparisons = {std::move(comparison)},
                     .help = {std::move(help)}});
  }

  void read_manifest(const elf::Symbol& symbol, ImageType& type) {
    const std::uint64_t size =
        symbol.size == 0 ? std::min<std::uint64_t>(file_.available(symbol.value), longest_manifest + 2) : symbol.size;
    const std::vector<std::byte> raw =
        spend(symbol.size, symbol.value) ? file_.bytes(symbol.value, size) : std::vector<std::byte>{};
    if (raw.empty() && file_.faulty()) return;
    const auto end = std::find(raw.begin(), raw.end(), std::byte{0});
    const auto length = static_cast<std::size_t>(end - raw.begin());
    const bool hidden_rest =
        symbol.size != 0 && std::any_of(end, raw.end(), [](std::byte byte) { return byte != std::byte{0}; });
    if (end == raw.end() || hidden_rest) {
      fault(type, Code::PS0301, "the manifest",
            {"", "text that ends with NUL",
             end == raw.end() ? "no NUL" : "NUL at byte " + std::to_string(length) + ", and text behind it"},
            "export it as a constant array of characters, then rebuild");
      return;
    }
    if (symbol.size == 0 && !spend(length, symbol.value)) return;
    type.manifest.emplace(reinterpret_cast<const char*>(raw.data()), length);
  }

  void read_methods(const elf::Symbol& symbol, ElfRelocations& relocations, ImageType& type) {
    const std::uint64_t size = table_size(symbol);
    std::vector<MethodRow> rows;
    for (std::uint64_t at = 0; at + row_size <= size && !file_.faulty(); at += row_size) {
      const Pointer name = relocations.pointer_at(symbol.value + at);
      if (name.kind == Pointer::Kind::null) {
        type.methods = std::move(rows);
        return;
      }
      auto text = name.kind == Pointer::Kind::here ? file_.text(name.address, longest_row_name) : std::nullopt;
      if (!text) {
        fault(type, Code::PS0208, "the table of methods",
              {"row " + std::to_string(rows.size() + 1),
               "the address of a name of at most " + std::to_string(longest_row_name) + " bytes", "another pointer"},
              "build the table from rows of name and function, then rebuild");
        return;
      }
      if (!spend(row_size + text->size(), symbol.value)) return;
      const Pointer code = relocations.pointer_at(symbol.value + at + sizeof(std::uint64_t));
      MethodRow& row = rows.emplace_back(MethodRow{std::move(*text), code.kind == Pointer::Kind::null});
      if (code.kind != Pointer::Kind::undefined) continue;
      const elf::Symbol& wanted = symbols_.all()[code.address];
      if (!spend(symbols_.name(wanted).size(), symbol.value)) return;
      row.undefined = symbols_.name(wanted);
      row.is_weak = wanted.binding() == elf::binding_weak;
    }
    if (file_.faulty()) return;
    fault(type, Code::PS0208, "the table of methods",
          {"", "a row of NULLs at its end, after at most " + std::to_string(most_rows) + " rows",
           std::to_string(rows.size()) + " rows without one"},
          "end it with a row `{NULL, NULL}`, then rebuild");
  }

  /** Of the undefined symbols only those that some relocation uses: the loader looks for no others. */
  void collect_dependencies(Image& image) {
    std::uint64_t bytes = 0;
    for (const std::uint64_t offset : file_.dynamic().needed) bytes += symbols_.string(offset).size();
    if (!spend(bytes, 0)) return;
    image.dependencies = read_dependencies(file_, symbols_);
    image.executable_stack = file_.wants_executable_stack();
    const std::vector<bool> used = relocated_symbols(file_, symbols_.all().size());
    for (std::size_t i = 0; i < symbols_.all().size(); ++i) {
      const elf::Symbol& symbol = symbols_.all()[i];
      if (!is_needed(symbol) || symbols_.versioned(i) || !used[i]) continue;
      const std::string_view name = symbols_.name(symbol);
      if (!spend(name.size(), 0)) return;
      image.undefined.emplace_back(name);
    }
  }

  static constexpr std::uint64_t row_size = 2 * sizeof(std::uint64_t);

  const std::string& file_name_;
  ElfFile file_;
  ElfSymbols symbols_;
  std::uint64_t budget_;
  std::map<std::string_view, TypeSymbols> types_;
};

}  // namespace

std::optional<Image> read_image(const ByteSource& source, const std::string& file, Diagnostics& found) {
  return ImageReader(source, file, found).read();
}

}  // namespace penstock::plugin
