#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diagnostic/diagnostic.hpp"

namespace penstock::plugin {

using diagnostic::Code;
using diagnostic::Comparison;
using diagnostic::Diagnostic;
using diagnostic::Diagnostics;

/** One line of a manifest, views into its text: `label:value` pairs, the first of which says what kind of line it is. */
struct ManifestLine {
  std::uint32_t number = 0;  ///< from 1
  std::vector<std::pair<std::string_view, std::string_view>> fields = {};

  [[nodiscard]] std::string_view kind() const noexcept { return fields.front().first; }
  [[nodiscard]] std::string_view name() const noexcept { return fields.front().second; }
  /** The value of `label`, nullptr where the line has none. */
  [[nodiscard]] const std::string_view* find(std::string_view label) const noexcept;
};

/** Collects the faults of one manifest. After `most_faults` it says once that there are more: a megabyte of garbage is one
 *  page of text. */
class ManifestFaults {
 public:
  static constexpr std::size_t most_faults = 20;

  ManifestFaults(std::string_view type, std::string_view file, Diagnostics& found)
      : type_(type), file_(file), found_(found) {}

  void report(Code code, std::string summary, Comparison comparison, std::string help = {});
  /** The same of what may be meant. */
  void warn(Code code, std::string summary, Comparison comparison, std::string help);

  /** What is reported while it lives is about a declaration of this kind, a static text. */
  class About {
   public:
    About(ManifestFaults& faults, std::string_view declaration) : faults_(faults) { faults.about_ = declaration; }
    ~About() { faults_.about_ = {}; }
    About(const About&) = delete;
    About& operator=(const About&) = delete;

   private:
    ManifestFaults& faults_;
  };

  enum class Text : std::uint8_t {
    value,
    name
  };  ///< a value may have words with a label at their end, a name has no colon
  /** What to do where `text` runs on into the next pair or line, because a tab or a newline was forgotten: `f64 default:0`,
   *  `(batch) -> statusparam:low`. Empty: it does not. */
  [[nodiscard]] std::string advise_on_separator(std::string_view text, Text kind = Text::value);
  /** Such a text was found: what seems to be there or to be missing means nothing. */
  [[nodiscard]] bool is_torn() const noexcept { return is_torn_; }

  [[nodiscard]] std::string_view type() const noexcept { return type_; }
  [[nodiscard]] bool any() const noexcept { return count_ > 0; }

 private:
  void add(Diagnostic fault, Comparison comparison);

  std::string_view type_, file_;
  Diagnostics& found_;
  std::size_t count_ = 0, warnings_ = 0;
  std::string_view about_ = {};
  bool is_torn_ = false;
};

/** The labels that a line of a kind may have, in the order of the SDK's `abi/manifest.h`. Those of later versions are not
 *  among them. */
struct LabelsOfKind {
  std::string_view kind;
  std::span<const std::string_view> labels;
};
[[nodiscard]] std::span<const LabelsOfKind> known_labels() noexcept;

/** Where pairs of a head line run into each other, because something else than tabs separates them: blanks, commas, nothing. */
struct TornHead {
  std::pair<std::string_view, std::string_view> first;  ///< the pair that runs on into the next
  std::string advice;                                   ///< names every tab that is missing
};
[[nodiscard]] std::optional<TornHead> find_torn_pairs(const ManifestLine& head);

/** Longer ones are refused unread: a real one has some kilobytes. */
inline constexpr std::size_t longest_manifest = std::size_t{1} << 20U;

/** The lines of `text`, without those that cannot be split. Checks what holds for every line: UTF-8, no control bytes, a
 *  newline at the end, pairs with a colon, no label twice. */
[[nodiscard]] std::vector<ManifestLine> split_manifest(std::string_view text, ManifestFaults& faults);

}  // namespace penstock::plugin
