// Which column of a file without a header is probably what.
#pragma once
#include "header.hpp"

#include <string>

namespace csv {

/// The items of the parameter `fields` for a row, `sensor_id=#1, timestamp=#2, value=#3`, by what its fields look like; `#N`
/// stands where none does. Nothing for what is given as a constant. Empty: no field is a number or a time, as in a header.
std::string fields_by_number(const Record& row, const Constants& constants);

}  // namespace csv
