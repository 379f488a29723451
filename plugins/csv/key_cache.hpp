// The codes of the names that were read before.
#pragma once
#include "digit_words.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace csv {

/// Name -> code, by open addressing over the names' bytes: 24 bytes a slot, two to four slots a name (four to eight of few
/// names: a look into a second slot costs more than the cache that it takes). A name of up to 15 bytes is kept in its
/// slot; a longer one also as text.
class KeyCache {
 public:
  static constexpr std::int32_t none = -1;

  /// none: not there. 16 bytes from the start of the name are read, whatever its length.
  std::int32_t find(const char* name, std::size_t size) const {
    const Word word = word_of(name, size);
    for (std::size_t at = slot_of(word);; at = (at + 1) & mask_) {
      const Slot& slot = slots_[at];
      if (slot.word == word && (size < 16 || texts_[slot.text] == std::string_view(name, size))) [[likely]]
        return slot.code;
      if (slot.word.high == 0) return none;
    }
  }

  /// find(), for names that mostly are the same as the one before.
  std::int32_t find_again(const char* name, std::size_t size) {
    const Word word = word_of(name, size);
    if (word == last_ && size < 16) [[likely]]
      return last_code_;
    const std::int32_t code = find(name, size);
    if (code != none) last_ = word, last_code_ = code;
    return code;
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
    if ((slots_.size() < few ? 4 : 2) * ++count_ > slots_.size()) grow();
    char room[16] = {};
    const bool is_long = name.size() >= sizeof room;
    if (is_long)
      texts_.emplace_back(name);
    else
      name.copy(room, name.size());
    put({word_of(is_long ? name.data() : room, name.size()), code,
         static_cast<std::uint32_t>(is_long ? texts_.size() - 1 : 0)});
  }

 private:
  // The bytes of the name, and in the last of them its length plus 1; of a long name a hash, and 0xFF. Never 0.
  struct Word {
    std::uint64_t low = 0, high = 0;
    bool operator==(const Word&) const = default;
  };
  struct Slot {
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
    return static_cast<std::size_t>(mix(word.low ^ odd, word.high ^ other)) & mask_;
  }
  void put(const Slot& slot) {
    std::size_t at = slot_of(slot.word);
    while (slots_[at].word.high != 0) at = (at + 1) & mask_;
    slots_[at] = slot;
  }
  void grow() {
    const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(2 * slots_.size()));
    mask_ = slots_.size() - 1;
    for (const Slot& slot : old)
      if (slot.word.high != 0) put(slot);
  }

  std::vector<Slot> slots_ = std::vector<Slot>(64);
  std::size_t mask_ = 63;
  std::size_t count_ = 0;
  std::vector<std::string> texts_;
  Word last_;
  std::int32_t last_code_ = none;
};

}  // namespace csv
