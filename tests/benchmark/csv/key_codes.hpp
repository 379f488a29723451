// Codes for texts, in the order in which they come, by hashing.
#pragma once

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <vector>

namespace penstock::bench {

/** For texts of 1 to 16 bytes; the longest identifier of a sensor in these files has 10. */
class KeyCodes {
 public:
  static constexpr std::size_t longest = 16;

  /** 16 bytes are read from `text`. */
  [[gnu::always_inline]] std::int32_t code(const char* text, std::size_t size) {
    const Key key = load(text, size);
    std::size_t at = (key.low * 0x9e3779b97f4a7c15 ^ key.high * 0xbf58476d1ce4e5b9) >> (64 - bits);
    for (;; at = (at + 1) & (slots_.size() - 1)) {
      const Slot& slot = slots_[at];
      if (((slot.key.low ^ key.low) | (slot.key.high ^ key.high)) == 0) [[likely]]
        return slot.code;
      if (slot.key.low == 0) return add(at, key);
    }
  }

 private:
  static constexpr unsigned bits = 13;
  struct Key {
    std::uint64_t low = 0, high = 0;
  };
  struct Slot {
    Key key;
    std::int32_t code = 0;
  };

  [[gnu::always_inline]] static Key load(const char* text, std::size_t size) {
    static constexpr unsigned char mask[2 * longest] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                                        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    Key key, kept;
    std::memcpy(&key, text, sizeof key);
    std::memcpy(&kept, mask + longest - size, sizeof kept);
    return {key.low & kept.low, key.high & kept.high};
  }

  [[gnu::cold, gnu::noinline]] std::int32_t add(std::size_t at, Key key) {
    if (static_cast<std::size_t>(next_) * 2 > slots_.size()) throw std::length_error("too many keys");
    slots_[at] = {key, next_};
    return next_++;
  }

  std::vector<Slot> slots_ = std::vector<Slot>(std::size_t{1} << bits);
  std::int32_t next_ = 0;
};

/** For texts of 1 to 8 bytes that are mostly the same as the one before. */
class RepeatedKey {
 public:
  /** 16 bytes are read from `text`. */
  [[gnu::always_inline]] std::int32_t code(const char* text, std::size_t size) {
    std::uint64_t word = 0;
    std::memcpy(&word, text, sizeof word);
    word <<= 64 - size * 8;
    if (word != last_) [[unlikely]]
      look_up(text, size, word);
    return code_;
  }

 private:
  [[gnu::cold, gnu::noinline]] void look_up(const char* text, std::size_t size, std::uint64_t word) {
    code_ = codes_.code(text, size);
    last_ = word;
  }

  KeyCodes codes_;
  std::uint64_t last_ = 0;
  std::int32_t code_ = 0;
};

}  // namespace penstock::bench
