#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diagnostic/code.hpp"

namespace penstock::diagnostic {

enum class Severity : std::uint8_t { error, warning };

/** Where something is wrong. A part that is not known is left out of the text. */
struct Place {
  std::string file;                          ///< as the user named it; empty: no file is to blame
  std::uint32_t line = 0;                    ///< from 1; 0: unknown
  std::uint32_t column = 0;                  ///< in bytes, from 1; 0: unknown
  std::optional<std::uint64_t> offset = {};  ///< in bytes from the start of the file, for binary files

  friend bool operator==(const Place&, const Place&) = default;
};

/** One line of the comparison: what was expected of `subject` and what was found instead. */
struct Comparison {
  std::string subject;      ///< a name (`process`, `min`); empty: the whole
  std::string expected;     ///< empty: nothing was (the thing is unknown)
  std::string found;        ///< empty: nothing was (the thing is missing)
  std::string remark = {};  ///< a few words behind the found side (`a near miss`)

  friend bool operator==(const Comparison&, const Comparison&) = default;
};

/** Something that is wrong, as data: what, where, expected, found, and what to do. Only render_text and render_json
 *  make text of it. One cause is one diagnostic. */
struct Diagnostic {
  Code code{};
  std::string summary;  ///< true on its own, lower case, no full stop, names in backticks
  Place place = {};
  std::vector<Comparison> comparisons = {};
  std::vector<std::string> notes = {};  ///< something to know
  std::vector<std::string> help = {};   ///< something to do
  Severity severity = Severity::error;
  std::string_view declaration = {};  ///< kind of the declaration that it is about, such as `metric`; static, not shown

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

inline constexpr std::size_t longest_text =
    4096;  ///< bytes of a text in a message: what it quotes may be of any length

/** Collects what a function finds, so that one that can find five faults reports five. Not thread-safe. */
class Diagnostics {
 public:
  /** Texts longer than `longest_text` are cut, and say so. */
  void add(Diagnostic diagnostic);
  void add(const Diagnostics& others) {
    for (const Diagnostic& other : others.items_) add(other);
  }

  /** Those that are not there yet: what was found of a library is found with each of its types. */
  void add_new(const Diagnostics& others) {
    for (const Diagnostic& other : others.items_)
      if (std::find(items_.begin(), items_.end(), other) == items_.end()) add(other);
  }

  [[nodiscard]] bool has_errors() const noexcept { return errors_ > 0; }
  [[nodiscard]] std::size_t errors() const noexcept { return errors_; }
  [[nodiscard]] bool empty() const noexcept { return items_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return items_.size(); }
  [[nodiscard]] const Diagnostic& operator[](std::size_t index) const noexcept { return items_[index]; }
  [[nodiscard]] auto begin() const noexcept { return items_.begin(); }
  [[nodiscard]] auto end() const noexcept { return items_.end(); }

 private:
  std::vector<Diagnostic> items_;
  std::size_t errors_ = 0;
};

}  // namespace penstock::diagnostic
