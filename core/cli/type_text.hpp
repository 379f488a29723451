#pragma once

#include <string>

#include "plugin/catalog.hpp"

namespace penstock::cli {

/** `Stage 1.0` */
[[nodiscard]] std::string interface_text(const plugin::Manifest& manifest);

/** `reads sensor_id, value; adds rolling_avg` */
[[nodiscard]] std::string columns_text(const plugin::Manifest& manifest);

/** The default of a parameter as a pipeline file would write it; empty: it has none. */
[[nodiscard]] std::string default_text(const plugin::Parameter& parameter);

/** A value of a metric, or a bound: `100`, `0.5`. */
[[nodiscard]] std::string scalar_text(plugin::ValueType type, const plugin::Scalar& scalar);

/** Everything that a manifest says, as one JSON object; `null` for what it does not say. */
[[nodiscard]] std::string type_json(const plugin::ExportedType& type);

}  // namespace penstock::cli
