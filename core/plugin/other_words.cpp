#include "plugin/other_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace penstock::plugin {

std::string_view word_meant_by(std::string_view word, std::span<const std::string_view> known) {
  using Words = std::pair<std::string_view, std::string_view>;
  constexpr std::array words = {
      Words{"stateless", "none"},  Words{"single", "serial"}, Words{"double", "f64"},      Words{"float", "f32"},
      Words{"float", "f64"},       Words{"float64", "f64"},   Words{"float32", "f32"},     Words{"float32", "f64"},
      Words{"f32", "f64"},         Words{"int", "i64"},       Words{"integer", "i64"},     Words{"int64", "i64"},
      Words{"int32", "i32"},       Words{"int32", "i64"},     Words{"int64_t", "i64"},     Words{"int32_t", "i32"},
      Words{"int32_t", "i64"},     Words{"i8", "i64"},        Words{"i16", "i64"},         Words{"i32", "i64"},
      Words{"uint", "u64"},        Words{"unsigned", "u64"},  Words{"uint64", "u64"},      Words{"uint32", "u32"},
      Words{"uint32", "u64"},      Words{"uint64_t", "u64"},  Words{"uint32_t", "u32"},    Words{"uint32_t", "u64"},
      Words{"size_t", "u64"},      Words{"u8", "u64"},        Words{"u16", "u64"},         Words{"u32", "u64"},
      Words{"boolean", "bool"},    Words{"string", "text"},   Words{"str", "text"},        Words{"timestamp", "time"},
      Words{"enum", "choice"},     Words{"file", "path"},     Words{"Filter", "Stage"},    Words{"Processor", "Stage"},
      Words{"Transform", "Stage"}, Words{"Reader", "Source"}, Words{"Writer", "Sink"},     Words{"update", "write"},
      Words{"modify", "write"},    Words{"change", "write"},  Words{"readwrite", "write"}, Words{"read_write", "write"},
      Words{"rw", "write"},        Words{"inout", "write"},   Words{"in_out", "write"},    Words{"in", "read"},
      Words{"input", "read"},      Words{"const", "read"},    Words{"readonly", "read"},   Words{"read_only", "read"},
      Words{"out", "add"},         Words{"output", "add"},    Words{"new", "add"},         Words{"create", "add"},
      Words{"make", "add"}};
  for (const auto& [written, meant] : words)
    if (written == word && std::find(known.begin(), known.end(), meant) != known.end()) return meant;
  return {};
}

}  // namespace penstock::plugin
