#include "plugin/type_reader.hpp"

#include <algorithm>

#include "plugin/manifest_text.hpp"

namespace penstock::plugin {
namespace {

constexpr std::uint64_t row_size = 2 * sizeof(std::uint64_t);

}  // namespace

void TypeReader::offer(std::string_view name, AddressRange data) {
  if (name.starts_with(manifest_prefix) && spend(name.size(), data.begin)) {
    types_[name.substr(manifest_prefix.size())].manifest = data;
  } else if (name.starts_with(methods_prefix) && spend(name.size(), data.begin)) {
    types_[name.substr(methods_prefix.size())].methods = data;
  }
}

std::vector<AddressRange> TypeReader::tables() const {
  std::vector<AddressRange> tables;
  for (const auto& [id, symbols] : types_)
    if (symbols.methods) tables.push_back({symbols.methods->begin, table_size(*symbols.methods)});
  return tables;
}

std::vector<ImageType> TypeReader::read(Relocations& relocations) {
  std::vector<ImageType> types;
  for (const auto& [id, symbols] : types_) {
    if (file_.faulty()) break;
    ImageType type{.id = std::string(id)};
    if (symbols.manifest) read_manifest(*symbols.manifest, type);
    if (symbols.methods) read_methods(*symbols.methods, relocations, type);
    types.push_back(std::move(type));
  }
  return types;
}

bool TypeReader::spend(std::uint64_t bytes, std::uint64_t address) {
  if (bytes > budget_) {
    file_.malformed("exported symbols that do not share their bytes", "more text than the file can hold", address);
    return false;
  }
  budget_ -= bytes;
  return true;
}

/** Without a size the end is the NUL, or the row of NULLs: some assemblers leave it out, and PE has none. */
std::uint64_t TypeReader::table_size(const AddressRange& table) const noexcept {
  const std::uint64_t most = (most_rows + 1) * row_size;
  return std::min(table.size == 0 ? file_.available(table.begin) : table.size, most);
}

void TypeReader::fault(ImageType& type, Code code, const std::string& summary, Comparison comparison,
                       std::string help) const {
  type.faults.add({.code = code,
                   .summary = summary + " of type `" + type.id.substr(0, longest_row_name) + "` is malformed",
                   .place = {.file = file_.name()},
                   .comparisons = {std::move(comparison)},
                   .help = {std::move(help)}});
}

void TypeReader::read_manifest(const AddressRange& data, ImageType& type) {
  const auto report = [&](std::string found) {
    fault(type, Code::PS0301, "the manifest", {"", "text that ends with NUL", std::move(found)},
          "export it as a constant array of characters, then rebuild");
  };
  if (data.size == 0) {
    auto text = file_.text(data.begin, longest_manifest + 1);
    const std::uint64_t taken =
        text ? text->size() : std::min<std::uint64_t>(file_.available(data.begin), longest_manifest);
    if (file_.faulty() || !spend(taken, data.begin)) return;
    if (!text) return report("no NUL");
    type.manifest = std::move(text);
    return;
  }
  if (!spend(data.size, data.begin)) return;
  const std::vector<std::byte> raw = file_.bytes(data.begin, data.size);
  if (file_.faulty()) return;
  const auto end = std::find(raw.begin(), raw.end(), std::byte{0});
  const auto length = static_cast<std::size_t>(end - raw.begin());
  if (end == raw.end()) return report("no NUL");
  if (std::any_of(end, raw.end(), [](std::byte byte) { return byte != std::byte{0}; }))
    return report("NUL at byte " + std::to_string(length) + ", and text behind it");
  type.manifest.emplace(reinterpret_cast<const char*>(raw.data()), length);
}

void TypeReader::read_methods(const AddressRange& table, Relocations& relocations, ImageType& type) {
  const std::uint64_t size = table_size(table);
  std::vector<MethodRow> rows;
  for (std::uint64_t at = 0; at + row_size <= size && !file_.faulty(); at += row_size) {
    const Pointer name = relocations.pointer_at(table.begin + at);
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
    if (!spend(row_size + text->size(), table.begin)) return;
    const Pointer code = relocations.pointer_at(table.begin + at + sizeof(std::uint64_t));
    MethodRow& row = rows.emplace_back(MethodRow{std::move(*text), code.kind == Pointer::Kind::null});
    if (code.kind != Pointer::Kind::undefined) continue;
    if (!spend(code.symbol.size(), table.begin)) return;
    row.undefined = code.symbol;
    row.is_weak = code.is_weak;
  }
  if (file_.faulty()) return;
  fault(type, Code::PS0208, "the table of methods",
        {"", "a row of NULLs at its end, after at most " + std::to_string(most_rows) + " rows",
         std::to_string(rows.size()) + " rows without one"},
        "end it with a row `{NULL, NULL}`, then rebuild");
}

}  // namespace penstock::plugin
