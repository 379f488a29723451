#include "plugin/elf_symbols.hpp"

#include <algorithm>

namespace penstock::plugin {
namespace {

/** A DT_GNU_HASH table holds no count: the last symbol is at the end of the chain that starts furthest behind. Chains are
 *  read in blocks, so that a table made of one endless chain costs no more than its own size. */
std::uint64_t count_by_gnu_hash(ElfFile& file, std::uint64_t table) {
  const auto header = file.array<std::uint32_t>(table, 4);
  if (header.size() < 4) return 0;
  const std::uint64_t bucket_count = header[0], first = header[1], bloom_words = header[2];
  const std::uint64_t buckets_at = table + 16 + bloom_words * 8;
  const auto buckets = file.array<std::uint32_t>(buckets_at, bucket_count);
  const std::uint64_t last = buckets.empty() ? 0 : *std::max_element(buckets.begin(), buckets.end());
  if (last < first) return first;  // nothing is exported
  constexpr std::uint64_t most_symbols = largest_table / sizeof(elf::Symbol);
  std::uint64_t index = last;
  const std::uint64_t chains_at = buckets_at + bucket_count * 4;
  while (!file.faulty() && index < most_symbols) {
    constexpr std::uint64_t block = 1024;
    const std::uint64_t at = chains_at + (index - first) * 4, present = file.available(at) / 4;
    if (present == 0) break;  // what lies behind a segment's bytes in the file is zero, without end
    const auto chain = file.array<std::uint32_t>(at, std::min(present, block));
    const auto end = std::find_if(chain.begin(), chain.end(), [](std::uint32_t hash) { return (hash & 1U) != 0; });
    index += static_cast<std::uint64_t>(end - chain.begin());
    if (end != chain.end()) return index + 1;
  }
  file.malformed("an end of the last chain of DT_GNU_HASH", "none", table);
  return 0;
}

}  // namespace

ElfSymbols::ElfSymbols(ElfFile& file) {
  const ElfDynamic& dynamic = file.dynamic();
  if (file.faulty() || dynamic.symbols == 0 || dynamic.strings == 0) return;
  strings_ = file.array<char>(dynamic.strings, dynamic.strings_size);
  symbols_ = file.array<elf::Symbol>(dynamic.symbols, count(file));
  if (dynamic.versions != 0) versions_ = file.array<std::uint16_t>(dynamic.versions, symbols_.size());
}

std::uint64_t ElfSymbols::count(ElfFile& file) {
  if (file.dynamic().hash != 0) {
    const auto header = file.array<std::uint32_t>(file.dynamic().hash, 2);
    return header.size() == 2 ? header[1] : 0;
  }
  if (file.dynamic().gnu_hash != 0) return count_by_gnu_hash(file, file.dynamic().gnu_hash);
  file.malformed("a table DT_HASH or DT_GNU_HASH of its symbols", "none", 0);
  return 0;
}

std::string_view ElfSymbols::string(std::uint64_t offset) const noexcept {
  if (offset >= strings_.size()) return {};
  const auto rest = std::string_view(strings_.data(), strings_.size()).substr(offset, longest_string + 1);
  const std::size_t end = rest.find('\0');
  return end == std::string_view::npos ? std::string_view() : rest.substr(0, end);
}

std::size_t ElfSymbols::cost(const elf::Symbol& symbol) const noexcept {
  const bool is_read = symbol.name < strings_.size() && strings_[symbol.name] != '\0';
  const std::size_t length = is_read ? name(symbol).size() : 0;
  return is_read && length == 0 ? longest_string : length;
}

bool ElfSymbols::begins_with(const elf::Symbol& symbol, std::string_view prefix) const noexcept {
  return symbol.name < strings_.size() &&
         std::string_view(strings_.data(), strings_.size()).substr(symbol.name).starts_with(prefix);
}

bool ElfSymbols::versioned(std::size_t index) const noexcept {
  constexpr std::uint16_t hidden_bit = 0x8000, global = 1;
  return index < versions_.size() && (versions_[index] & ~hidden_bit) > global;
}

bool is_exported(const elf::Symbol& symbol) noexcept {
  const bool bound = symbol.binding() == elf::binding_global || symbol.binding() == elf::binding_weak ||
                     symbol.binding() == elf::binding_unique;
  const bool visible =
      symbol.visibility() == elf::visibility_default || symbol.visibility() == elf::visibility_protected;
  return bound && visible && symbol.section != elf::section_undefined;
}

bool is_needed(const elf::Symbol& symbol) noexcept {
  return symbol.section == elf::section_undefined && symbol.binding() == elf::binding_global;
}

}  // namespace penstock::plugin
