// What the fields of a column of values say.
#pragma once
#include "parsed.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace csv {

struct Value {
  double value = 0;
  bool valid = false;      // there is a value: else it is null
  bool underflow = false;  // nearer to 0 than any f64 but 0: read as 0 with its sign
};

/// What is done with `nan` and `inf`.
enum class NonFinite { keep, null, reject };

class ValueRules {
 public:
  char point = '.';
  char thousands = '\0';           // between groups of three digits before the point; NUL: nowhere
  std::vector<std::string> nulls;  // words for a value that is missing, beside nothing at all
  NonFinite non_finite = NonFinite::keep;

  /// Whether a text stands for a value that is missing.
  bool is_null(std::string_view text) const {
    return text.empty() || (!nulls.empty() && std::find(nulls.begin(), nulls.end(), text) != nulls.end());
  }

  /// A whole field.
  Parsed<Value> parse(std::string_view text) const;

  /// What the operator may set so that this text, which parse() refused, is a value or none; empty if nothing comes to mind.
  std::string hint(std::string_view text) const;

 private:
  Parsed<Value> parse_marked(std::string_view text) const;
};

}  // namespace csv
