// Keys as fields, which are looked at for quotes once each.
#pragma once
#include <penstock/any_batch.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "dialect.hpp"

namespace csv {

/// What is known of the keys of a run, by their codes; 16 bytes for each.
class KeyText {
 public:
  using Codes = penstock::Column<const penstock::Key>;

  /// Bytes that write_short() may touch from `out` on.
  static constexpr std::size_t room = 16;

  /// Writes a key that is known and short, and returns its end; nullptr if it is neither.
  char* write_short(char* out, penstock::Key key) const {
    const auto code = static_cast<std::uint32_t>(key.code);
    if (code >= known_.size()) return nullptr;
    const Known& known = known_[code];
    if (known.size == 0 || known.size > known.field.size()) return nullptr;
    std::memcpy(out, known.field.data(), known.field.size());
    return out + known.size;
  }

  /// The field of any key; valid until the next call.
  std::string_view field(const Codes& codes, std::size_t row, const Dialect& dialect) {
    const std::string_view text = codes.text(row);
    const std::int32_t code = codes[row].code;
    if (code >= 0 && is_plain(static_cast<std::size_t>(code))) return text;
    field_ = dialect.field(text);
    if (code >= 0) learn(static_cast<std::size_t>(code), text);
    return field_;
  }

 private:
  static constexpr std::uint8_t long_and_plain = 16, long_in_quotes = 17;

  struct Known {
    std::uint8_t size = 0;  // 0: nothing is known
    std::array<char, 15> field{};
  };

  bool is_plain(std::size_t code) const { return code < known_.size() && known_[code].size == long_and_plain; }

  void learn(std::size_t code, std::string_view text) {
    if (code >= known_.size()) known_.resize(std::max(code + 1, known_.size() * 2));
    Known& known = known_[code];
    if (field_.size() <= known.field.size()) {
      known.size = static_cast<std::uint8_t>(field_.size());
      std::memcpy(known.field.data(), field_.data(), field_.size());
    } else {
      known.size = field_ == text ? long_and_plain : long_in_quotes;
    }
  }

  std::vector<Known> known_;
  std::string field_;
};

}  // namespace csv
