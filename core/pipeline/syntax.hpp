#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostic/diagnostic.hpp"

namespace penstock::pipeline {

using diagnostic::Diagnostics;
using diagnostic::Place;

struct Entry;

/** A value as a pipeline file writes it: nothing is converted: only the declared type says what a scalar means. */
struct Value {
  enum class Kind : std::uint8_t { scalar, list, mapping };

  Kind kind = Kind::scalar;
  Place place = {};
  std::string text = {};                    ///< of a scalar, without its quotes
  bool quoted = false;                      ///< quoted or a block scalar
  bool is_unknown = false;                  ///< of a scalar: what was to stand here is not known, and that was reported
  std::vector<std::string> variables = {};  ///< of a scalar: the environment variables that its text is made of
  std::vector<Value> items = {};            ///< of a list
  std::vector<Entry> entries;               ///< of a mapping; each key once

  /** Nothing was written, or `~`: what YAML calls null. The word `null` is a word. */
  [[nodiscard]] bool is_missing() const noexcept {
    return kind == Kind::scalar && !quoted && (text.empty() || text == "~");
  }
  [[nodiscard]] const Entry* find(std::string_view key) const noexcept;
};

struct Entry {
  std::string key;
  Place place;  ///< of the key
  Value value;
};

inline const Entry* Value::find(std::string_view key) const noexcept {
  const auto found = std::ranges::find(entries, key, &Entry::key);
  return found == entries.end() ? nullptr : &*found;
}

}  // namespace penstock::pipeline
