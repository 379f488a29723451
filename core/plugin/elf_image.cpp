#include "plugin/elf_image.hpp"

#include <set>

#include "plugin/elf_relocations.hpp"
#include "plugin/elf_symbols.hpp"
#include "plugin/type_reader.hpp"

namespace penstock::plugin {
namespace {

Dependencies read_dependencies(const ElfFile& file, const ElfSymbols& symbols) {
  const ElfDynamic& dynamic = file.dynamic();
  Dependencies found;
  for (const std::uint64_t offset : dynamic.needed) found.needed.emplace_back(symbols.string(offset));
  if (dynamic.run_path != 0)
    found.run_path = symbols.string(dynamic.run_path);
  else if (dynamic.rpath != 0)  // the loader heeds only one of them
    found.rpath = symbols.string(dynamic.rpath);
  return found;
}

class ElfReader {
 public:
  ElfReader(const ByteSource& source, const std::string& file, Diagnostics& found)
      : file_(source, file, found), symbols_(file_), types_(file_) {}

  std::optional<Image> read() {
    for (const elf::Symbol& symbol : symbols_.all())
      if (is_exported(symbol)) types_.offer(symbols_.name(symbol), {symbol.value, symbol.size});
    ElfRelocations relocations(file_, symbols_, types_.tables());
    Image image;
    image.types = types_.read(relocations);
    if (!image.types.empty()) collect_dependencies(image);
    return file_.faulty() ? std::nullopt : std::optional(std::move(image));
  }

 private:
  /** Of the undefined symbols only those of C++ matter here: a C function belongs to no class. */
  void collect_dependencies(Image& image) {
    std::uint64_t bytes = 0;
    for (const std::uint64_t offset : file_.dynamic().needed) bytes += symbols_.string(offset).size();
    if (!types_.spend(bytes, 0)) return;
    image.dependencies = read_dependencies(file_, symbols_);
    for (std::size_t i = 0; i < symbols_.all().size(); ++i) {
      const elf::Symbol& symbol = symbols_.all()[i];
      if (!is_needed(symbol) || symbols_.versioned(i)) continue;
      const std::string_view name = symbols_.name(symbol);
      if (!name.starts_with("_Z")) continue;
      if (!types_.spend(name.size(), 0)) return;
      image.undefined.emplace_back(name);
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

Dependencies remove_defined(const ByteSource& source, std::vector<std::string>& names) {
  Diagnostics unheard;  // a needed library that is broken is the loader's to report
  const std::string file;
  ElfFile library(source, file, unheard);
  const ElfSymbols symbols(library);
  std::set<std::string_view> defined;
  for (const elf::Symbol& symbol : symbols.all())
    if (is_exported(symbol)) defined.insert(symbols.name(symbol));
  std::erase_if(names, [&](const std::string& name) { return defined.contains(name); });
  return read_dependencies(library, symbols);
}

}  // namespace penstock::plugin
