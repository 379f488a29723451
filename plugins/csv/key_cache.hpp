// The codes of the names that were read before.
#pragma once
#include "digit_words.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace csv {

/// Name -> code, by open addressing over the names' bytes: 24 bytes a name, and two to four slots of 4 bytes (eight to
/// sixteen of few names: a look into a second slot costs more than the cache that they take). A longer name than 15 bytes
/// is also kept as text.
class KeyCache {
 public:
  static constexpr std::int32_t none = -1;

  /// none: not there. 16 bytes from the start of the name are read, whatever its length.
  std::int32_t find(const char* name, std::size_t size) const {
    const Word word = word_of(name, size);
    for (std::size_t at = slot_of(word);; at = (at + 1) & mask_) {
      const Entry& entry = entries_[slots_[at]];
      if (entry.word == word && (size < 16 || texts_[entry.text] == std::string_view(name, size))) [[likely]]
        return entry.code;
      if (slots_[at] == 0) return none;
    }
  }

  /// The same for any text.
  std::int32_t find(std::string_view name) const {
    char room[16] = {};
    if (name.size() >= sizeof room) return find(name.data(), name.size());
    name.copy(room, name.size());
    return find(room, name.size());
  }

  /// A name that is not there.
  void add(std::string_view name, std::int32_t code) {
    if ((slots_.size() < few ? 8 : 2) * entries_.size() > slots_.size()) grow();
    char room[16] = {};
    const bool is_long = name.size() >= sizeof room;
    if (is_long)
      texts_.emplace_back(name);
    else
      name.copy(room, name.size());
    entries_.push_back({word_of(is_long ? name.data() : room, name.size()), code,
                        static_cast<std::uint32_t>(is_long ? texts_.size() - 1 : 0)});
    put(entries_.size() - 1);
  }

 private:
  // The bytes of the name, and in the last of them its length plus 1; of a long name a hash, and 0xFF. Never 0.
  struct Word {
    std::uint64_t low = 0, high = 0;
    bool operator==(const Word&) const = default;
  };
  struct Entry {
    Word word;
    std::int32_t code = none;
    std::uint32_t text = 0;
  };

  static constexpr std::size_t few = std::size_t{1} << 15;
  static constexpr std::uint64_t odd = 0x9E3779B97F4A7C15, other = 0xD6E8FEB86659FD93;

  static std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    __extension__ using Product = unsigned __int128;
    const Product product = static_cast<Product>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  }

  static Word word_of(const char* name, std::size_t size) {
    if (size < 16) [[likely]] {
      // As many bytes of 0xFF as the name has, then zeros.
      static constexpr auto bytes = [] {
        std::array<char, 32> kept{};
        for (std::size_t i = 0; i < 16; ++i) kept[i] = '\xFF';
        return kept;
      }();
      const std::uint64_t low = load8(name) & load8(bytes.data() + 16 - size);
      const std::uint64_t high = load8(name + 8) & load8(bytes.data() + 24 - size);
      return {low, high | static_cast<std::uint64_t>(size + 1) << 56};
    }
    return word_of_long({name, size});
  }
  [[gnu::noinline]] static Word word_of_long(std::string_view name) {
    std::uint64_t hash = name.size();
    for (std::size_t at = 0; at + 8 <= name.size(); at += 8) hash = mix(hash ^ odd, load8(name.data() + at) ^ other);
    return {mix(hash ^ odd, load8(name.data() + name.size() - 8) ^ other), std::uint64_t{0xFF} << 56};
  }

  std::size_t slot_of(const Word& word) const {
    return static_cast<std::size_t>(mix(word.low ^ seed_, word.high ^ other)) & mask_;
  }
  void put(std::size_t entry) {
    std::size_t at = slot_of(entries_[entry].word);
    while (slots_[at] != 0) at = (at + 1) & mask_;
    slots_[at] = static_cast<std::uint32_t>(entry);
  }
  void grow() {
    slots_.assign(2 * slots_.size(), 0);
    mask_ = slots_.size() - 1;
    for (std::size_t entry = 1; entry < entries_.size(); ++entry) put(entry);
  }

  // Not known to whoever wrote the file: names that all have one slot would have to be searched one by one.
  std::uint64_t seed_ = static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count()) * odd;
  std::vector<std::uint32_t> slots_ = std::vector<std::uint32_t>(64);  // index of the entry; 0: free
  std::size_t mask_ = 63;
  std::vector<Entry> entries_ = std::vector<Entry>(1);  // the first one is no name
  std::vector<std::string> texts_;
};

}  // namespace csv
