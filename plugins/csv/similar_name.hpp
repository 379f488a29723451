// Names of columns that a hasty reader takes for one another.
#pragma once
#include <string_view>

namespace csv {

/// Case and blanks around do not count.
bool resembles(std::string_view name, std::string_view wanted);

/// One of them is the other with a slip: a letter that is added, left out or changed, in more than 8 letters two.
bool is_near(std::string_view name, std::string_view wanted);

/// Whether one of the words of a name, which all but letters and digits part, is this one of lower case: `Local_Date` has
/// `date`.
bool has_word(std::string_view name, std::string_view word);

/// Whether a column is called like a time of day.
bool is_called_clock(std::string_view name);

}  // namespace csv
