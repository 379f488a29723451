#include "plugin/hidden_types.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <vector>

#include "plugin/declarations.hpp"

namespace penstock::plugin {
namespace {

constexpr std::string_view head = "penstock:1\tname:", behind = "\tinterface:";
constexpr std::size_t longest_head = head.size() + longest_identifier + behind.size();
constexpr std::size_t most_types = 100;
/** A file may be sparse and claim any size, and a large one that is no plugin is not worth a second of each start. */
constexpr std::uint64_t most_searched = std::uint64_t{64} << 20U;

/** The names of the types whose manifests begin in `block`, except in its last `longest_head` bytes. */
void find_heads(std::string_view block, std::vector<std::string>& names) {
  for (std::size_t at = block.find(head); at != std::string_view::npos; at = block.find(head, at + 1)) {
    const std::string_view rest = block.substr(at + head.size(), longest_identifier + behind.size());
    const std::string_view name = rest.substr(0, rest.find('\t'));
    if (!is_identifier(name) || !rest.substr(name.size()).starts_with(behind)) continue;
    if (std::ranges::count(names, name) == 0) names.emplace_back(name);
    if (names.size() == most_types) return;
  }
}

std::vector<std::string> hidden_types(const ByteSource& source) {
  constexpr std::uint64_t block_size = std::uint64_t{1} << 20U;
  std::vector<std::string> names;
  std::vector<std::byte> block;
  for (std::uint64_t at = 0; at < std::min(source.size(), most_searched) && names.size() < most_types;
       at += block_size) {
    block.resize(static_cast<std::size_t>(std::min(source.size() - at, block_size + longest_head)));
    if (!source.read(at, block)) return {};
    find_heads({reinterpret_cast<const char*>(block.data()), block.size()}, names);
  }
  return names;
}

}  // namespace

void report_hidden_types(const ByteSource& source, const std::string& file, Diagnostics& faults) {
  const std::vector<std::string> names = hidden_types(source);
  if (names.empty()) return;
  diagnostic::Diagnostic fault{
      .code = diagnostic::Code::PS0114,
      .summary = "library `" + std::filesystem::path(file).filename().string() + "` holds " +
                 (names.size() == 1 ? "a type and hides it" : std::to_string(names.size()) + " types and hides them"),
      .place = {.file = file}};
  for (const std::string& name : names)
    if (fault.comparisons.size() < 4)
      fault.comparisons.push_back(
          {name, "an exported symbol `penstock_type_" + name + '`', "its text, and no such symbol"});
  fault.help.emplace_back(
      "export `penstock_type_*` and `penstock_methods_*`: a version script, `-Wl,--exclude-libs` or a tool made them "
      "local; written by hand, each begins with `PENSTOCK_EXPORT_SYMBOL`, in C++ with `extern \"C\" "
      "PENSTOCK_EXPORT_SYMBOL`");
  faults.add(std::move(fault));
}

}  // namespace penstock::plugin
