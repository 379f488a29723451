#include "pipeline/value.hpp"

#include <algorithm>
#include <iterator>
#include <type_traits>
#include <utility>

#include "diagnostic/suggest.hpp"
#include "pipeline/path.hpp"
#include "pipeline/report.hpp"
#include "plugin/scalar.hpp"

namespace penstock::pipeline {
namespace {

using plugin::Parameter;
using plugin::Scalar;
using plugin::ValueType;

std::string write_scalar(const Parameter& parameter, const Scalar& scalar) {
  return std::visit(
      [&](const auto& value) -> std::string {
        using Type = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Type, std::string>)
          return value;
        else if constexpr (std::is_same_v<Type, bool>)
          return value ? "true" : "false";
        else if constexpr (std::is_same_v<Type, double>)
          return write_f64(value);
        else if constexpr (std::is_same_v<Type, std::int64_t>)
          return parameter.type == ValueType::duration ? write_duration(value) : std::to_string(value);
        else
          return std::to_string(value);
      },
      scalar);
}

/** `150 degC` */
std::string with_unit(const Parameter& parameter, const Scalar& scalar) {
  const std::string text = write_scalar(parameter, scalar);
  return parameter.unit.empty() || parameter.type == ValueType::duration ? text : text + " " + parameter.unit;
}

template <class Number>
std::optional<Scalar> as_scalar(const std::optional<Number>& number) {
  return number ? std::optional<Scalar>(*number) : std::nullopt;
}

std::optional<Scalar> read_bool(const std::string& text, Refusal& refusal) {
  if (text == "true") return true;
  if (text == "false") return false;
  std::string word = text;
  std::ranges::transform(word, word.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  refusal = {"is neither true nor false", "true or false"};
  if (word == "true" || word == "yes" || word == "on" || word == "y" || word == "1") refusal.advice = "write true";
  if (word == "false" || word == "no" || word == "off" || word == "n" || word == "0") refusal.advice = "write false";
  return std::nullopt;
}

/** A text as a pipeline file takes it: in quotes where YAML would read something else, also inside `{...}`. */
std::string as_written(const std::string& text) {
  constexpr std::string_view beginnings = ":#&*!|>'\"%@`", anywhere = ",[]{}";
  const bool is_indicator = (text[0] == '-' || text[0] == '?') && (text.size() == 1 || text[1] == ' ');
  const bool is_plain = !text.empty() && text != "~" && !is_indicator && beginnings.find(text[0]) == beginnings.npos &&
                        text.find_first_of(anywhere) == text.npos && text.find(": ") == text.npos &&
                        text.find(" #") == text.npos && !text.ends_with(':') && !text.starts_with(' ') &&
                        !text.ends_with(' ');
  if (is_plain) return text;
  if (text.find_first_of("\"\\") == text.npos) return '"' + text + '"';
  std::string quoted = "'";  // where only the quote itself means something
  for (const char byte : text) quoted.append(byte == '\'' ? 2 : 1, byte);
  return quoted + '\'';
}

/** `.`, `","` */
std::string choices_of(const Parameter& parameter) {
  std::vector<std::string> written;
  std::ranges::transform(parameter.choices, std::back_inserter(written), as_written);
  return list_of(written);
}

std::optional<Scalar> read_choice(const Parameter& parameter, const std::string& text, Refusal& refusal) {
  if (std::ranges::find(parameter.choices, text) != parameter.choices.end()) return text;
  refusal = {"is none of the choices", choices_of(parameter)};
  // A secret choice is not told by its nearest neighbour either.
  if (!parameter.secret && !diagnostic::near_names(text, parameter.choices).empty())
    refusal.advice = diagnostic::suggest(text, parameter.choices);
  return std::nullopt;
}

std::optional<Scalar> read_path(const std::string& text, Refusal& refusal) {
  if (auto absolute = from_start_directory(text)) return std::move(*absolute);
  refusal = {"is relative and the start directory is gone", "an absolute path"};
  return std::nullopt;
}

std::optional<Scalar> read_text(const Parameter& parameter, const std::string& text, Refusal& refusal) {
  if (parameter.type == ValueType::boolean) return read_bool(text, refusal);
  if (parameter.type == ValueType::i64) return as_scalar(read_i64(text, refusal));
  if (parameter.type == ValueType::u64) return as_scalar(read_u64(text, refusal));
  if (parameter.type == ValueType::f64) return as_scalar(read_f64(text, refusal));
  if (parameter.type == ValueType::duration) return as_scalar(read_duration(text, refusal));
  if (text.find('\0') != std::string::npos) {
    refusal = {"holds a NUL", "text without NUL"};
    return std::nullopt;
  }
  if (parameter.type == ValueType::choice) return read_choice(parameter, text, refusal);
  if (parameter.type == ValueType::path) return read_path(text, refusal);
  return text;
}

/** `1 to 1000000`, `at least 0 degC`: the bounds that are declared, and the 0 of a number without sign; empty: none. */
std::string range_of(const Parameter& parameter) {
  const std::optional<Scalar> low =
      !parameter.min && parameter.type == ValueType::u64 ? std::optional<Scalar>(std::uint64_t{0}) : parameter.min;
  const std::string min = low ? with_unit(parameter, *low) : "";
  const std::string max = parameter.max ? with_unit(parameter, *parameter.max) : "";
  if (min.empty()) return max.empty() ? "" : "at most " + max;
  return max.empty() ? "at least " + min : min + " to " + max;
}

bool is_within_bounds(const Parameter& parameter, const Scalar& scalar, Refusal& refusal) {
  const bool low = parameter.min && scalar < *parameter.min, high = parameter.max && *parameter.max < scalar;
  if (!low && !high) return true;
  refusal.what = low ? "is less than the smallest allowed, " + with_unit(parameter, *parameter.min)
                     : "is greater than the largest allowed, " + with_unit(parameter, *parameter.max);
  refusal.expected = range_of(parameter);
  return false;
}

std::optional<Scalar> read_scalar(const Parameter& parameter, const Value& written, Refusal& refusal) {
  if (written.is_missing()) {
    const bool text = parameter.type == ValueType::text || parameter.type == ValueType::path;
    const bool comma = std::ranges::count(parameter.choices, ",") > 0;
    refusal = {"has no value",
               parameter.type == ValueType::choice ? choices_of(parameter)
                                                   : "a value of type " + std::string(plugin::name(parameter.type)),
               text    ? "write \"\" for the empty text, or leave the key out for the default"
               : comma ? "write `\",\"` for a comma, with its quotes: inside `{...}` a bare one ends the value"
                       : "write a value, or leave the key out for the default"};
    return std::nullopt;
  }
  if (written.kind != Value::Kind::scalar) {
    refusal = {"is " + std::string(kind_of(written)) + " where one value belongs",
               "one value of type " + std::string(plugin::name(parameter.type))};
    const bool one = written.items.size() == 1 && written.items[0].kind == Value::Kind::scalar;
    if (one && !parameter.secret) refusal.advice = "write " + written.items[0].text;
    return std::nullopt;
  }
  auto scalar = read_text(parameter, written.text, refusal);
  if (!scalar && plugin::is_number(parameter.type))
    if (const std::string range = range_of(parameter); !range.empty()) refusal.expected += ", " + range;
  if (scalar && !is_within_bounds(parameter, *scalar, refusal)) return std::nullopt;
  return scalar;
}

/** `[value=T]` for `{value: T}`: a list of such items, if all are words. */
std::string as_items(const Value& mapping) {
  constexpr std::size_t most = 8;
  std::string items;
  for (const Entry& entry : mapping.entries) {
    if (entry.value.kind != Value::Kind::scalar || entry.value.is_missing() || !entry.value.variables.empty())
      return {};
    items += (items.empty() ? "" : ", ") + as_written(entry.key + "=" + entry.value.text);
  }
  return items.empty() || mapping.entries.size() > most ? "" : "[" + items + "]";
}

std::optional<std::vector<std::string>> read_list(const Parameter& parameter, const Value& written, Refusal& refusal) {
  if (written.kind != Value::Kind::list) {
    refusal = {"is " + std::string(kind_of(written)) + " where a list belongs", "a list"};
    const bool word = written.kind == Value::Kind::scalar && !written.is_missing();
    const std::string items = parameter.secret ? "" : as_items(written);
    refusal.advice = word && !parameter.secret ? "write [" + written.text + "]"
                     : items.empty()           ? "write [A, B], or [] for none"
                                               : "write " + items;
    return std::nullopt;
  }
  std::vector<std::string> texts;
  for (const Value& item : written.items) {
    const auto scalar = read_scalar(parameter, item, refusal);
    if (!scalar) {
      refusal.what = "has an element that " + refusal.what;
      return std::nullopt;
    }
    texts.push_back(write_scalar(parameter, *scalar));
  }
  return texts;
}

}  // namespace

std::optional<Content> read_value(const Parameter& parameter, const Value& written, Refusal& refusal) {
  if (parameter.list) {
    auto list = read_list(parameter, written, refusal);
    return list ? std::optional<Content>(std::move(*list)) : std::nullopt;
  }
  auto scalar = read_scalar(parameter, written, refusal);
  return scalar ? std::optional<Content>(std::move(*scalar)) : std::nullopt;
}

std::optional<Content> default_value(const Parameter& parameter) {
  if (parameter.required) return std::nullopt;
  if (parameter.list) {
    std::vector<std::string> texts;
    if (!parameter.initial) return texts;
    const std::string& all = std::get<std::string>(*parameter.initial);
    for (std::size_t begin = 0; begin < all.size();) {
      const std::size_t end = std::min(all.find('|', begin), all.size());
      texts.push_back(all.substr(begin, end - begin));
      begin = end + 1;
    }
    return texts;
  }
  if (!parameter.initial) return std::nullopt;
  Scalar scalar = *parameter.initial;
  if (parameter.type == ValueType::path) {
    auto absolute = from_start_directory(std::get<std::string>(scalar));
    if (!absolute) return std::nullopt;
    scalar = std::move(*absolute);
  }
  return scalar;
}

std::string canonical(const Parameter& parameter, const Content& content) {
  if (const auto* scalar = std::get_if<Scalar>(&content)) return write_scalar(parameter, *scalar);
  std::string listed;
  for (const std::string& text : std::get<std::vector<std::string>>(content))
    listed += (listed.empty() ? "" : ", ") + text;
  return "[" + listed + "]";
}

}  // namespace penstock::pipeline
