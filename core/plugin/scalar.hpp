#pragma once

#include <optional>
#include <string_view>

#include "plugin/manifest.hpp"

namespace penstock::plugin {

/** `text` as a value of `type`, exact: a decimal whole number within the type's range, the double nearest to the text
 *  (finite), `true` or `false`, nanoseconds of a duration, or the text itself. Nothing where any byte is left over. */
[[nodiscard]] std::optional<Scalar> parse_scalar(ValueType type, std::string_view text);

/** What a manifest may write for `type`: `a whole number of at least 0`. */
[[nodiscard]] std::string_view describe(ValueType type) noexcept;

/** A type whose values have an order, and so bounds. */
[[nodiscard]] bool is_number(ValueType type) noexcept;

/** The type of that name in a manifest; `bool` is ValueType::boolean. */
[[nodiscard]] std::optional<ValueType> value_type(std::string_view name) noexcept;

}  // namespace penstock::plugin
