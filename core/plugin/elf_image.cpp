#include "plugin/elf_image.hpp"

#include "plugin/elf_linkage.hpp"
#include "plugin/elf_relocations.hpp"
#include "plugin/elf_symbols.hpp"
#include "plugin/type_reader.hpp"

namespace penstock::plugin {
namespace {

class ElfReader {
 public:
  ElfReader(const ByteSource& source, const std::string& file, Diagnostics& found)
      : file_(source, file, found), symbols_(file_), types_(file_) {}

  std::optional<Image> read() {
    for (const elf::Symbol& symbol : symbols_.all())
      if (is_exported(symbol)) offer(symbol);
    ElfRelocations relocations(file_, symbols_, types_.tables());
    Image image;
    image.types = types_.read(relocations);
    if (!image.types.empty()) collect_dependencies(image);
    return file_.faulty() ? std::nullopt : std::optional(std::move(image));
  }

 private:
  void offer(const elf::Symbol& symbol) {
    if (!symbols_.begins_with(symbol, manifest_prefix) && !symbols_.begins_with(symbol, methods_prefix)) return;
    const std::string_view name = symbols_.name(symbol);
    if (name.empty()) {
      file_.malformed("exported names of at most " + std::to_string(ElfSymbols::longest_string) + " bytes",
                      "a longer one", std::nullopt);
    } else if (symbol.section == elf::section_absolute) {
      file_.malformed('`' + std::string(name) + "` at a place in the library", "an absolute value", std::nullopt);
    } else {
      types_.offer(name, {symbol.value, symbol.size});
    }
  }

  /** Of the undefined symbols only those that some relocation uses: the loader looks for no others. */
  void collect_dependencies(Image& image) {
    std::uint64_t bytes = 0;
    for (const std::uint64_t offset : file_.dynamic().needed) bytes += symbols_.string(offset).size();
    if (!types_.spend(bytes, 0)) return;
    image.dependencies = read_dependencies(file_, symbols_);
    image.executable_stack = file_.wants_executable_stack();
    image.lost_sections = file_.lost_sections();
    const std::vector<bool> used = relocated_symbols(file_, symbols_.all().size());
    for (std::size_t i = 0; i < symbols_.all().size(); ++i) {
      const elf::Symbol& symbol = symbols_.all()[i];
      if (!is_needed(symbol) || symbols_.versioned(i) || !used[i]) continue;
      if (!types_.spend(symbols_.cost(symbol), 0)) return;
      image.undefined.emplace_back(symbols_.name(symbol));
    }
  }

  ElfFile file_;
  ElfSymbols symbols_;
  TypeReader types_;
};

}  // namespace

std::optional<Image> read_elf_image(const ByteSource& source, const std::string& file, Diagnostics& found) {
  return ElfReader(source, file, found).read();
}

}  // namespace penstock::plugin
