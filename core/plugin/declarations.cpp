#include "plugin/declarations.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "diagnostic/suggest.hpp"
#include "plugin/node_keys.hpp"
#include "plugin/other_words.hpp"
#include "plugin/scalar.hpp"

namespace penstock::plugin {
namespace {

constexpr std::array<std::string_view, 16> column_types = {"bool",     "i8",  "i16",  "i32",  "i64", "u8",
                                                           "u16",      "u32", "u64",  "f32",  "f64", "time",
                                                           "duration", "key", "text", "bytes"};

std::string ticked(std::string_view text) { return '`' + std::string(text.substr(0, longest_identifier)) + '`'; }

/** ``parameter `min` of type `clamp` `` */
std::string subject(std::string_view kind, std::string_view name, const ManifestFaults& faults) {
  return std::string(kind) + ' ' + ticked(name) + " of type " + ticked(faults.type());
}

void copy(const ManifestLine& line, std::string_view label, std::string& into) {
  if (const std::string_view* value = line.find(label)) into = *value;
}

/** The value of a label that is there, as messages show it: the default of a secret is not told. */
std::string_view told(const ManifestLine& line, std::string_view label) {
  const std::string_view* secret = line.find("secret");
  return label == "default" && secret != nullptr && *secret == "yes" ? "***" : *line.find(label);
}

/** A format string of the Arrow C Data Interface, told by how it begins. */
bool is_arrow_format(std::string_view format) {
  constexpr std::string_view letters = "nbcCsSiIlLefgzZuU";
  constexpr std::array<std::string_view, 21> beginnings = {"vz",  "vu",   "tdD",  "tdm",  "tts",  "ttm", "ttu",
                                                           "ttn", "tss:", "tsm:", "tsu:", "tsn:", "tDs", "tDm",
                                                           "tDu", "tDn",  "tiM",  "tiD",  "tin",  "d:",  "w:"};
  if (format.size() == 1) return letters.find(format.front()) != std::string_view::npos;
  return format.starts_with('+') || std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view beginning) {
           return format.starts_with(beginning);
         });
}

std::string joined(std::span<const std::string_view> names) {
  std::string all;
  for (const std::string_view one : names) all += (all.empty() ? "" : " ") + std::string(one);
  return all;
}

/** What to do about a word that is not one of `known`; empty: who knows. */
std::string advise_on_word(std::string_view word, std::span<const std::string_view> known, ManifestFaults& faults) {
  if (std::string advice = faults.advise_on_separator(word); !advice.empty()) return advice;
  if (const std::string_view meant = word_meant_by(word, known); !meant.empty())
    return "write " + ticked(meant) + ", then rebuild";
  const std::vector<std::string> names(known.begin(), known.end());
  return diagnostic::near_names(word, names).empty() ? "" : diagnostic::suggest(word, names);
}

void report_type(const ManifestLine& line, std::string_view kind, std::span<const std::string_view> known,
                 ManifestFaults& faults) {
  const std::string_view value = *line.find("type");
  faults.report(Code::PS0303, subject(kind, line.name(), faults) + " has an unknown type",
                {"type", joined(known), ticked(value)}, advise_on_word(value, known, faults));
}

/** The declared type, or the fault and a type that raises no further ones. */
std::optional<ValueType> read_type(const ManifestLine& line, std::string_view kind,
                                   std::span<const std::string_view> known, ManifestFaults& faults) {
  const std::string_view* value = line.find("type");
  if (value == nullptr) {
    faults.report(Code::PS0302, subject(kind, line.name(), faults) + " has no type",
                  {"type", "a type, such as `f64`", ""});
    return std::nullopt;
  }
  if (std::ranges::count(known, *value) > 0) return value_type(*value);
  report_type(line, kind, known, faults);
  return std::nullopt;
}

/** What stands between the quotes around a whole value; nothing: there are none around it. */
std::optional<std::string_view> unquoted(std::string_view value) {
  const bool is_quoted =
      value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.front() == value.back();
  return is_quoted ? std::optional(value.substr(1, value.size() - 2)) : std::nullopt;
}

/** What to do about quotes around the value of `label`: the macros of C make a text of what stands there, quotes and all.
 *  Empty: there are none. */
std::string advise_on_quotes(const ManifestLine& line, std::string_view label) {
  const auto inner = unquoted(*line.find(label));
  if (!inner) return {};
  if (told(line, label) != *line.find(label)) return "write it without the quotes, then rebuild";
  return inner->empty() ? "leave it empty, without the quotes, then rebuild"
                        : "write " + ticked(*inner) + ", without the quotes, then rebuild";
}

/** The macros of C make a text of what stands there, so that `"none"` has its quotes. Single ones are more likely meant. */
void warn_of_quotes(const ManifestLine& line, ManifestFaults& faults) {
  const std::string_view* const value = line.find("default");
  const bool looks_like_c = value != nullptr && value->starts_with('"');
  std::string advice = looks_like_c ? advise_on_quotes(line, "default") : std::string();
  if (advice.empty()) return;
  faults.warn(Code::PS0307,
              "the default of " + subject("parameter", line.name(), faults) + " stands in quotes, which are part of it",
              {std::string(line.name()), "a text without quotes around it", ticked(told(line, "default"))},
              std::move(advice));
}

std::optional<Scalar> read_value(const ManifestLine& line, std::string_view kind, std::string_view label,
                                 ValueType type, ManifestFaults& faults) {
  const std::string_view* value = line.find(label);
  if (value == nullptr) return std::nullopt;
  auto scalar = parse_scalar(type, *value);
  if (!scalar) {
    std::string advice = faults.advise_on_separator(*value);
    if (advice.empty()) advice = advise_on_quotes(line, label);
    faults.report(
        Code::PS0307,
        "the `" + std::string(label) + "` of " + subject(kind, line.name(), faults) + " is not a value of type `" +
            std::string(name(type)) + '`',
        {std::string(label), std::string(describe(type)), value->empty() ? "nothing" : ticked(told(line, label))},
        std::move(advice));
  }
  return scalar;
}

/** `min`, `max` and whether the value of `default` lies between them. */
void read_bounds(const ManifestLine& line, std::string_view kind, ValueType type, const std::optional<Scalar>& initial,
                 std::optional<Scalar>& min, std::optional<Scalar>& max, ManifestFaults& faults) {
  const std::string_view *low = line.find("min"), *high = line.find("max"), *value = line.find("default");
  if (low == nullptr && high == nullptr) return;
  if (!is_number(type)) {
    faults.report(Code::PS0307, subject(kind, line.name(), faults) + " has bounds and is no number",
                  {low != nullptr ? "min" : "max", "a type with an order", '`' + std::string(name(type)) + '`'});
    return;
  }
  min = read_value(line, kind, "min", type, faults);
  max = read_value(line, kind, "max", type, faults);
  const std::string_view* unit_label = line.find("unit");
  const std::string unit = unit_label == nullptr || unit_label->empty() ? "" : ' ' + std::string(*unit_label);
  if (min && max && *max < *min) {
    faults.report(Code::PS0307, "the bounds of " + subject(kind, line.name(), faults) + " leave no value",
                  {std::string(line.name()), "min at most max",
                   "min = " + std::string(*low) + unit + " is greater than max = " + std::string(*high) + unit});
  } else if (initial && ((min && *initial < *min) || (max && *max < *initial))) {
    const std::string range = !max   ? "at least " + std::string(*low)
                              : !min ? "at most " + std::string(*high)
                                     : std::string(*low) + " to " + std::string(*high);
    faults.report(
        Code::PS0307, "the default of " + subject(kind, line.name(), faults) + " is outside its bounds",
        {std::string(line.name()), range + unit, (value == nullptr ? "0" : std::string(told(line, "default"))) + unit},
        "change the default or the bound, then rebuild");
  }
}

/** `fast|exact` of `fast, exact`, which is one choice; empty: that is how it is meant. */
std::string with_bars(std::string_view choices) {
  constexpr std::string_view separators = ",;/ \t";
  if (choices.find('|') != std::string_view::npos) return {};
  std::string text;
  for (std::size_t at = 0; (at = choices.find_first_not_of(separators, at)) != std::string_view::npos;) {
    const std::size_t end = std::min(choices.find_first_of(separators, at), choices.size());
    text.append(text.empty() ? "" : "|").append(choices.substr(at, end - at));
    at = end;
  }
  return text.find('|') == std::string::npos ? std::string() : text;
}

std::string advise_on_choices(const ManifestLine& line, const std::set<std::string_view>& choices) {
  const std::string_view label = *line.find("choices"), initial = *line.find("default");
  if (const std::string bars = with_bars(label); !bars.empty())
    return "separate choices with `|`: " + ticked("choices:" + bars) + ", then rebuild";
  if (const auto inner = unquoted(initial); inner && choices.contains(*inner)) return advise_on_quotes(line, "default");
  return "change the default or add the choice, then rebuild";
}

void read_choices(const ManifestLine& line, Parameter& parameter, ManifestFaults& faults) {
  const std::string_view* label = line.find("choices");
  if (label == nullptr || label->empty()) {
    faults.report(Code::PS0302, subject("parameter", line.name(), faults) + " is a choice without choices",
                  {"choices", "words with `|` between them", ""});
    return;
  }
  std::set<std::string_view> seen;
  for (std::string_view rest = *label;;) {
    const std::size_t bar = std::min(rest.find('|'), rest.size());
    const std::string_view choice = rest.substr(0, bar);
    if (choice.empty() || !seen.insert(choice).second) {
      faults.report(Code::PS0305,
                    "the choices of " + subject("parameter", line.name(), faults) + " are not distinct words",
                    {"choices", "each word once", choice.empty() ? "an empty one" : ticked(choice) + " twice"});
    } else {
      parameter.choices.emplace_back(choice);
    }
    if (bar == rest.size()) break;
    rest.remove_prefix(bar + 1);
  }
  if (!parameter.initial || seen.contains(std::get<std::string>(*parameter.initial))) return;
  faults.report(
      Code::PS0307, "the default of " + subject("parameter", line.name(), faults) + " is none of its choices",
      {std::string(line.name()), seen.size() == 1 ? ticked(*label) + ", which is one choice" : std::string(*label),
       ticked(told(line, "default"))},
      advise_on_choices(line, seen));
}

/** Text and bytes, by name or by their Arrow formats. */
bool is_variable_width(std::string_view type) {
  constexpr std::array<std::string_view, 8> variable = {"text", "bytes", "u", "z", "U", "Z", "vu", "vz"};
  return std::find(variable.begin(), variable.end(), type) != variable.end();
}

/** What comes can be read, and written where it goes on; what is added must go somewhere. Where rows pass on, it is filled
 *  in place, in memory that only a type of fixed width has. */
void check_access(const Column& column, std::string_view access, const Manifest& manifest, ManifestFaults& faults) {
  const bool is_source = manifest.interface == Interface::source;
  const bool is_sink = manifest.interface == Interface::sink;
  const bool passes_on = manifest.interface == Interface::stage && manifest.rows != Rows::any;
  // A stage of rows of its own writes nothing in place.
  const bool writes =
      column.access == Access::write || std::ranges::count(manifest.columns, Access::write, &Column::access) > 0;
  const struct {
    bool broken;
    std::string_view expected, why;
  } rules[] = {
      {is_source && column.access != Access::add, "`add`", "nothing comes to a Source"},
      {is_sink && column.access != Access::read, "`read`", "nothing goes on from a Sink"},
      {manifest.rows == Rows::any && column.access == Access::write, "`read` or `add`",
       "with `rows:any` only what is emitted goes on"},
      {is_every(column) && column.access == Access::add, "`read` or `write`", "`*` stands for what comes"},
      {passes_on && column.access != Access::read && is_variable_width(column.type),
       writes ? "`read`, or a type of fixed width such as `key`" : "a type of fixed width such as `key`, or `rows:any`",
       "where rows pass on, only types of fixed width have memory to fill"},
  };
  const auto rule = std::find_if(std::begin(rules), std::end(rules), [](const auto& one) { return one.broken; });
  if (rule == std::end(rules)) return;
  faults.report(Code::PS0309,
                subject("column", column.name, faults) + " cannot have the access " + ticked(access) + ": " +
                    std::string(rule->why),
                {column.name, std::string(rule->expected), ticked(access)});
}

}  // namespace

bool read_flag(const ManifestLine& line, std::string_view label, ManifestFaults& faults) {
  constexpr std::array<std::string_view, 5> words_for_no = {"false", "0", "off", "none", "No"};
  const std::string_view* value = line.find(label);
  if (value == nullptr || *value == "no") return false;
  if (*value == "yes") return true;
  const std::string flag(label);
  const bool is_head = line.kind() == "penstock";
  const std::string owner = is_head ? "type " + ticked(faults.type())
                                    : subject(line.kind() == "param" ? "parameter" : line.kind(), line.name(), faults);
  std::string advice = faults.advise_on_separator(*value);
  if (advice.empty())
    advice = "write `" + flag +
             (std::ranges::count(words_for_no, *value) > 0 ? ":no` or leave it out" : ":yes`, or leave it out for no") +
             ", then rebuild";
  faults.report(Code::PS0303, "the flag `" + flag + "` of " + owner + " is neither yes nor no",
                {flag, "`yes`, or `no` as without it", value->empty() ? "nothing" : ticked(*value),
                 "line " + std::to_string(line.number)},
                std::move(advice));
  return false;
}

bool is_identifier(std::string_view name) noexcept {
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto inner = [&](char c) { return lower(c) || (c >= '0' && c <= '9') || c == '_'; };
  return !name.empty() && name.size() <= longest_identifier && lower(name.front()) &&
         std::all_of(name.begin(), name.end(), inner);
}

void report_identifier(std::string_view kind, std::string_view name, ManifestFaults& faults) {
  const bool too_long = name.size() > longest_identifier;
  const std::string who = kind == "type" ? "type " + ticked(name) : subject(kind, name, faults);
  faults.report(Code::PS0304, who + " has an invalid name",
                {std::string(kind), "a lower-case letter, then lower-case letters, digits and `_`, at most 128 bytes",
                 too_long ? std::to_string(name.size()) + " bytes" : ticked(name)},
                faults.advise_on_separator(name, ManifestFaults::Text::name));
}

std::optional<std::size_t> choose(const ManifestLine& line, std::string_view label, std::string_view value,
                                  std::span<const std::string_view> known, ManifestFaults& faults) {
  const auto found = std::find(known.begin(), known.end(), value);
  if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
  const bool is_head = line.kind() == "penstock";
  faults.report(Code::PS0303,
                is_head ? "the label " + ticked(label) + " of type " + ticked(faults.type()) + " has an unknown value"
                        : subject(line.kind(), line.name(), faults) + " has an unknown " + std::string(label),
                {std::string(label), joined(known), ticked(value)}, advise_on_word(value, known, faults));
  return std::nullopt;
}

bool UniqueNames::admit(std::string_view kind, const ManifestLine& line) {
  const auto [first, is_new] = names_.emplace(std::pair(kind, line.name()), &line);
  if (is_new) return true;
  // By its description an author knows a declaration better than by its line.
  const auto shown = [](const ManifestLine& one) {
    const std::string_view* doc = one.find("doc");
    return "line " + std::to_string(one.number) + (doc == nullptr || doc->empty() ? "" : ", " + ticked(*doc));
  };
  faults_.report(Code::PS0305, subject(kind, line.name(), faults_) + " is declared twice",
                 {std::string(line.name()), "once", shown(*first->second) + ", and " + shown(line)},
                 "give one of them another name, then rebuild");
  return false;
}

Parameter read_parameter(const ManifestLine& line, ManifestFaults& faults) {
  constexpr std::array<std::string_view, 8> types = {"bool", "i64", "u64", "f64", "text", "choice", "duration", "path"};
  const ManifestFaults::About here(faults, "parameter");
  Parameter parameter{.name = std::string(line.name())};
  if (!is_identifier(line.name())) report_identifier("parameter", line.name(), faults);
  if (find_node_key(line.name()) != nullptr) {
    faults.report(Code::PS0306,
                  subject("parameter", line.name(), faults) + " has the name of a key that every node has", {},
                  "give it another name, then rebuild: in a pipeline file it could not be set");
  }
  parameter.list = read_flag(line, "list", faults);
  parameter.required = read_flag(line, "required", faults);
  parameter.secret = read_flag(line, "secret", faults);
  parameter.reloadable = read_flag(line, "reload", faults);
  copy(line, "unit", parameter.unit);
  copy(line, "example", parameter.example);
  copy(line, "doc", parameter.doc);
  const auto type = read_type(line, "parameter", types, faults);
  if (!type) return parameter;
  parameter.type = *type;
  if (parameter.list && *type != ValueType::text) {
    faults.report(Code::PS0303,
                  subject("parameter", line.name(), faults) + " is a list of a type that lists cannot hold",
                  {"type", "`text`", '`' + std::string(name(*type)) + '`'});
  }
  if (!parameter.required) {
    parameter.initial = read_value(line, "parameter", "default", *type, faults);
    if (parameter.initial && (*type == ValueType::text || *type == ValueType::path)) warn_of_quotes(line, faults);
    if (line.find("default") == nullptr && !parameter.list) {
      faults.report(Code::PS0302, subject("parameter", line.name(), faults) + " has no default and is not required",
                    {std::string(line.name()), "`default` or `required:yes`", ""});
    }
  }
  if (*type == ValueType::choice) read_choices(line, parameter, faults);
  read_bounds(line, "parameter", *type, parameter.initial, parameter.min, parameter.max, faults);
  return parameter;
}

Metric read_metric(const ManifestLine& line, ManifestFaults& faults) {
  constexpr std::array<std::string_view, 4> types = {"u64", "i64", "f64", "bool"};
  const ManifestFaults::About here(faults, "metric");
  Metric metric{.name = std::string(line.name())};
  if (!is_identifier(line.name())) report_identifier("metric", line.name(), faults);
  metric.never_decreasing = read_flag(line, "rising", faults);
  copy(line, "unit", metric.unit);
  copy(line, "label", metric.label);
  copy(line, "doc", metric.doc);
  const auto type = read_type(line, "metric", types, faults);
  if (!type) return metric;
  metric.type = *type;
  const auto zero = parse_scalar(*type, *type == ValueType::boolean ? "false" : "0");
  metric.initial = read_value(line, "metric", "default", *type, faults).value_or(*zero);
  read_bounds(line, "metric", *type, metric.initial, metric.min, metric.max, faults);
  return metric;
}

Column read_column(const ManifestLine& line, const Manifest& manifest, ManifestFaults& faults) {
  constexpr std::array<std::string_view, 3> accesses = {"read", "write", "add"};
  Column column;
  column.name = line.name();
  column.nullable = read_flag(line, "null", faults);
  copy(line, "doc", column.doc);
  const bool every = is_every(column);
  if (!every && !is_identifier(line.name())) report_identifier("column", line.name(), faults);
  if (!every) copy(line, "type", column.type);
  if (const std::string_view* value = line.find("access")) {
    if (const auto index = choose(line, "access", *value, accesses, faults)) {
      column.access = static_cast<Access>(*index);
      check_access(column, *value, manifest, faults);
    }
  } else if (every) {
    check_access(column, "read", manifest, faults);
  } else {
    faults.report(Code::PS0302, subject("column", line.name(), faults) + " does not say what is done with it",
                  {"access", "`read`, `write` or `add`", ""});
  }
  if (every) return column;
  if (line.find("type") == nullptr) {
    faults.report(Code::PS0302, subject("column", line.name(), faults) + " has no type",
                  {"type", "a type, such as `f64`", ""});
  } else if (!is_arrow_format(column.type) && std::ranges::count(column_types, std::string_view(column.type)) == 0) {
    report_type(line, "column", column_types, faults);
  }
  return column;
}

}  // namespace penstock::plugin
