#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "plugin/manifest.hpp"
#include "plugin/manifest_text.hpp"

namespace penstock::plugin {

inline constexpr std::size_t longest_identifier = 128;

/** `[a-z][a-z0-9_]*`, at most `longest_identifier` bytes: types, parameters, metrics and columns are so named, so that no
 *  dot, blank or difference of case can make two names of one. */
[[nodiscard]] bool is_identifier(std::string_view name) noexcept;

void report_identifier(std::string_view kind, std::string_view name, ManifestFaults& faults);

/** The index in `known` of `value`, which `label` of a line has or begins with; a fault that suggests the nearest where it
 *  is none of them. */
[[nodiscard]] std::optional<std::size_t> choose(const ManifestLine& line, std::string_view label,
                                                std::string_view value, std::span<const std::string_view> known,
                                                ManifestFaults& faults);

/** The flag `label` of a line: `yes`, or `no` as without it. Any other value is a fault: passed over it would be a flag that
 *  its author believes to be on. */
[[nodiscard]] bool read_flag(const ManifestLine& line, std::string_view label, ManifestFaults& faults);

/** Keeps the names of one manifest, each once within its kind. The lines must outlive it. */
class UniqueNames {
 public:
  explicit UniqueNames(ManifestFaults& faults) : faults_(faults) {}
  /** Reports a name that was there already, and then says no. */
  [[nodiscard]] bool admit(std::string_view kind, const ManifestLine& line);

 private:
  ManifestFaults& faults_;
  std::map<std::pair<std::string_view, std::string_view>, const ManifestLine*> names_;
};

/** What a `param:`, `metric:` or `column:` line declares. After a fault the rest of the line still counts. */
[[nodiscard]] Parameter read_parameter(const ManifestLine& line, ManifestFaults& faults);
[[nodiscard]] Metric read_metric(const ManifestLine& line, ManifestFaults& faults);
[[nodiscard]] Column read_column(const ManifestLine& line, const Manifest& manifest, ManifestFaults& faults);

}  // namespace penstock::plugin
