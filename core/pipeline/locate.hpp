#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "diagnostic/diagnostic.hpp"

namespace penstock::pipeline {

/** Turns positions in a text into places. Asking in rising order costs one walk over the text. */
class Locator {
 public:
  /** `text` must outlive this object. */
  Locator(std::string_view text, std::string file) : text_(text), file_(std::move(file)) {}

  /** The place of a byte, also of one that is no character. */
  [[nodiscard]] diagnostic::Place at_byte(std::size_t byte) {
    restart();
    byte_ = std::min(byte, text_.size());
    for (std::size_t i = 0; i < byte_; ++i) {
      if (text_[i] != '\n') continue;
      ++line_;
      line_start_ = i + 1;
    }
    return here();
  }

  /** The place of a character, counted in code points as libyaml counts. */
  [[nodiscard]] diagnostic::Place at_character(std::size_t character) {
    if (character < character_) restart();
    while (character_ < character && byte_ < text_.size()) step();
    return here();
  }

  /** The line at hand up to the place asked for last. */
  [[nodiscard]] std::string_view line_so_far() const noexcept { return text_.substr(line_start_, byte_ - line_start_); }
  /** The line above the one at hand, without its end; empty: there is none. */
  [[nodiscard]] std::string_view line_above() const noexcept {
    if (line_start_ == 0) return {};
    const std::string_view above = text_.substr(0, line_start_ - 1);
    return above.substr(above.rfind('\n') + 1);  // npos + 1 is 0
  }
  /** The text from the place asked for last. */
  [[nodiscard]] std::string_view rest() const noexcept { return text_.substr(byte_); }

 private:
  static bool continues(char byte) noexcept { return (static_cast<unsigned char>(byte) & 0xC0u) == 0x80u; }

  void step() noexcept {
    const bool line_ends = text_[byte_] == '\n';
    do ++byte_;
    while (byte_ < text_.size() && continues(text_[byte_]));
    ++character_;
    if (line_ends) {
      ++line_;
      line_start_ = byte_;
    }
  }
  void restart() noexcept {
    byte_ = character_ = line_start_ = 0;
    line_ = 1;
  }
  [[nodiscard]] diagnostic::Place here() const {
    return {.file = file_, .line = line_, .column = static_cast<std::uint32_t>(byte_ - line_start_ + 1)};
  }

  std::string_view text_;
  std::string file_;
  std::size_t byte_ = 0, character_ = 0, line_start_ = 0;
  std::uint32_t line_ = 1;
};

}  // namespace penstock::pipeline
