#include "plugin/load.hpp"

#define BOOST_DLL_USE_STD_FS
#include <boost/dll/shared_library.hpp>

#include <algorithm>
#include <cstring>
#include <map>
#include <system_error>

#include "plugin/loaded_code.hpp"
#include "plugin/output_to_error.hpp"
#include "plugin/process_state.hpp"
#include "plugin/sanitizer.hpp"
#include "plugin/trial.hpp"

namespace penstock::plugin {
namespace {

namespace fs = std::filesystem;
namespace dll = boost::dll;
using diagnostic::Code;
using diagnostic::Comparison;
using diagnostic::Diagnostic;

constexpr const char* replaced_help = "do not replace a library while Penstock starts; start again";

/** The loader's own words out of Boost.DLL's exception. Its error code is `EBADF` for every reason, and says nothing. */
std::string loaders_words(const std::string& what) {
  constexpr std::string_view before = "dlerror system message: ", after = "): ";
  const std::size_t begin = what.find(before);
  if (begin == std::string::npos) return what;
  const std::string words = what.substr(begin + before.size());
  return words.substr(0, words.rfind(after));
}

/** Every library that was ever loaded. Kept until the process ends: threads, thread-local destructors and exit handlers of
 *  a plugin may outlive any instance, and nothing tells the host when the last is gone. */
std::map<fs::path, dll::shared_library>& pinned() {
  static auto* const libraries = new std::map<fs::path, dll::shared_library>;
  return *libraries;
}

/** Says what the constructors of a library did to the process that every other plugin shares, and puts back how this thread
 *  computes: `-ffast-math` changes that with every library that is linked with it. */
void settle(const ProcessState& before, const fs::path& library, Diagnostics& found) {
  auto changed = changes(before, process_state());
  if (changed.empty()) return;
  set_floating_point(before.floating_point);
  found.add(
      {.code = Code::PS0118,
       .summary = "library `" + library.filename().string() + "` changed the process while it was loaded",
       .place = {.file = library.string()},
       .comparisons = std::move(changed),
       .notes = {"the host puts floating-point control back; everything else holds for the host and every plugin"},
       .help = {"leave it alone in what runs while the library is loaded, and link without `-ffast-math`"},
       .severity = diagnostic::Severity::warning});
}

/** Says that the file at `absolute` is not the one that was judged. One that is not there is the loader's to report. */
bool is_replaced(const ExportedType& type, const fs::path& absolute, Diagnostics& found) {
  const auto identity = identity_of(absolute);
  if (!identity || !type.identity || *identity == *type.identity) return false;
  found.add({.code = Code::PS0111,
             .summary = "library `" + type.library.filename().string() + "` of type `" + type.manifest.name +
                        "` is not the one that was inspected",
             .place = {.file = type.library.string()},
             .notes = {"it was replaced or written since, and is not loaded"},
             .help = {replaced_help}});
  return true;
}

const dll::shared_library* open(const ExportedType& type, Diagnostics& found) {
  std::error_code failed;
  const fs::path absolute = fs::absolute(type.library, failed);
  if (const auto library = pinned().find(absolute); library != pinned().end()) return &library->second;
  if (is_replaced(type, absolute, found)) return nullptr;
  try {
    const OutputToError diverted;
    const ProcessState before = process_state();
    // Whole path, so that no search begins; all symbols now, so that none is missing later; local, so that plugins do not
    // see each other.
    dll::shared_library library(absolute, dll::load_mode::rtld_now | dll::load_mode::rtld_local);
    settle(before, type.library, found);
    return &pinned().emplace(absolute, std::move(library)).first->second;
  } catch (const std::exception& error) {
    Diagnostic fault{.code = Code::PS0110,
                     .summary = "library `" + type.library.filename().string() + "` of type `" + type.manifest.name +
                                "` cannot be loaded",
                     .place = {.file = type.library.string()},
                     .notes = {"the loader says: " + loaders_words(error.what())}};
    if (std::string help = advise_on_sanitizer(type.library); !help.empty()) fault.help.push_back(std::move(help));
    found.add(std::move(fault));
    return nullptr;
  }
}

/** Finds what is in memory other than what was in the file: somebody replaced it in between, or the image lied. */
class Comparer {
 public:
  Comparer(const ExportedType& type, Diagnostics& found) : type_(type), found_(found) {}

  bool same_manifest(const char* text) const {
    const std::string& inspected = type_.manifest.text;
    // The size in memory is unknown; no byte behind the first difference is touched.
    if (std::strncmp(text, inspected.c_str(), inspected.size() + 1) == 0) return true;
    return differs({"manifest", "the text that was inspected", "another"});
  }

  bool same_rows(const penstock_method* row) const {
    for (const Method& method : type_.manifest.methods) {
      if (row->name == nullptr) return differs({method.name, "a row", {}});
      if (method.name != row->name)
        return differs({method.name, "a row `" + method.name + '`',
                        "a row `" + std::string(row->name, strnlen(row->name, 64)) + '`'});
      if (!is_loaded_code(reinterpret_cast<const void*>(row->function.any)))
        return differs({method.name, "the address of code", "another address"});
      ++row;
    }
    return row->name == nullptr || differs({"rows", std::to_string(type_.manifest.methods.size()), "more"});
  }

  bool differs(Comparison comparison) const {
    found_.add({.code = Code::PS0111,
                .summary = "type `" + type_.manifest.name + "` in memory is not the one that was inspected",
                .place = {.file = type_.library.string()},
                .comparisons = {std::move(comparison)},
                .help = {replaced_help}});
    return false;
  }

 private:
  const ExportedType& type_;
  Diagnostics& found_;
};

MethodTable table_of(const penstock_method* row) {
  MethodTable table;
  for (; row->name != nullptr; ++row) {
#define PENSTOCK_ASSIGN(method, result, arguments, need, since, signature) \
  if (std::strcmp(row->name, #method) == 0) table.method = row->function.method;
    PENSTOCK_ALL_METHODS(PENSTOCK_ASSIGN)
#undef PENSTOCK_ASSIGN
  }
  return table;
}

}  // namespace

std::optional<LoadedType> load(const ExportedType& type, Diagnostics& found) {
  const dll::shared_library* library = open(type, found);
  if (library == nullptr) return std::nullopt;
  const Comparer comparer(type, found);
  const std::string text_symbol = "penstock_type_" + type.manifest.name;
  const std::string rows_symbol = "penstock_methods_" + type.manifest.name;
  if (!library->has(text_symbol) || !library->has(rows_symbol)) {
    comparer.differs({"symbols", "`" + text_symbol + "` and `" + rows_symbol + '`', {}});
    return std::nullopt;
  }
  const char* const text = &library->get<const char>(text_symbol);
  const penstock_method* const rows = &library->get<const penstock_method>(rows_symbol);
  if (!are_of_one_library(text, rows)) {
    comparer.differs({"symbols", "both in this library", "one of another library"});
    return std::nullopt;
  }
  if (!comparer.same_manifest(text) || !comparer.same_rows(rows)) return std::nullopt;
  return LoadedType{&type, table_of(rows)};
}

std::vector<LoadedType> load_all(std::span<const ExportedType* const> types, Diagnostics& found) {
  std::vector<fs::path> libraries;
  std::error_code failed;
  const std::size_t errors = found.errors();
  for (const ExportedType* type : types) {
    fs::path library = fs::absolute(type->library, failed);
    if (pinned().contains(library) || std::ranges::count(libraries, library) > 0) continue;
    if (!is_replaced(*type, library, found)) libraries.push_back(std::move(library));
  }
  if (found.errors() == errors) try_loading(libraries, found);
  std::vector<LoadedType> loaded;
  if (found.errors() > errors) return loaded;
  for (const ExportedType* type : types)
    if (auto one = load(*type, found)) loaded.push_back(*one);
  if (found.errors() > errors) loaded.clear();
  return loaded;
}

}  // namespace penstock::plugin
