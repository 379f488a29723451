#include "pipeline/parse.hpp"

#include <yaml.h>

#include <algorithm>
#include <utility>

#include "diagnostic/render.hpp"
#include "pipeline/environment.hpp"
#include "pipeline/locate.hpp"
#include "pipeline/yaml_words.hpp"

namespace penstock::pipeline {
namespace {

using diagnostic::Code;
using diagnostic::Diagnostic;

/** libyaml's parser and the event at hand. libyaml and not yaml-cpp: its events keep the text of `~` and `null`, tell
 *  quoted from plain, and are pulled, so that the depth is bounded here. */
class Events {
 public:
  explicit Events(std::string_view text) {
    if (yaml_parser_initialize(&parser_) == 0) throw std::bad_alloc();
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  }
  ~Events() {
    yaml_event_delete(&event_);
    yaml_parser_delete(&parser_);
  }
  Events(const Events&) = delete;
  Events& operator=(const Events&) = delete;

  /** False: the text is not YAML, see `parser`. */
  [[nodiscard]] bool next() {
    yaml_event_delete(&event_);
    if (yaml_parser_parse(&parser_, &event_) != 0) return true;
    if (parser_.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
    return false;
  }
  [[nodiscard]] const yaml_event_t& event() const noexcept { return event_; }
  [[nodiscard]] const yaml_parser_t& parser() const noexcept { return parser_; }

 private:
  yaml_parser_t parser_{};
  yaml_event_t event_{};
};

std::string_view view(const char* text) { return text == nullptr ? std::string_view() : text; }

/** Whether a value begins behind `before`, in a line of YAML. */
bool begins_value(std::string_view before) noexcept {
  const std::string_view mark = before.substr(0, before.find_last_not_of(' ') + 1);
  if (mark.empty() || std::string_view("[{,").find(mark.back()) != std::string_view::npos) return true;
  if (mark.size() == before.size()) return false;
  return mark.ends_with(':') || (mark.ends_with('-') && begins_value(mark.substr(0, mark.size() - 1)));
}

/** What to do about a reference whose `$` ends `before` and whose `{` begins `rest`. The name is shown where it is one:
 *  anything else between the braces may be a secret. */
std::string advise_on_quotes(std::string_view before, std::string_view rest) {
  const std::size_t end = std::min(rest.find_first_of("}\n"), rest.size());
  const std::string_view inside = rest.substr(1, end - 1), name = inside.substr(0, inside.find(":-"));
  const std::string reference =
      !is_variable_name(name) ? "${NAME}" : "${" + std::string(name) + (name.size() < inside.size() ? ":-...}" : "}");
  const bool begins = begins_value(before.substr(0, before.size() - 1));
  const bool ends =
      end + 1 >= rest.size() || std::string_view(" ,]}\r\n").find(rest[end + 1]) != std::string_view::npos;
  return (begins && ends ? "quote it: \"" : "quote the whole text in which it stands: \"") +
         std::string(begins ? "" : "...") + reference + (ends ? "" : "...") + "\"";
}

class Reader {
 public:
  Reader(std::string_view text, const std::string& file, Diagnostics& found)
      : events_(text), locator_(text, file), found_(found) {}

  std::optional<Value> document() {
    if (!next() || !next()) return std::nullopt;  // stream start, document start
    if (events_.event().type == YAML_STREAM_END_EVENT) {
      add(Code::PS0401, "the file holds no pipeline", here(), {}, "write at least `source:` and `sink:`");
      return std::nullopt;
    }
    if (!next()) return std::nullopt;
    auto root = value(0);
    if (!root || !next() || !next()) return std::nullopt;  // document end, the next
    if (events_.event().type != YAML_STREAM_END_EVENT)
      add(Code::PS0403, "a second document begins here, and a file holds one pipeline", here(), "one pipeline per file",
          "move it to a file of its own");
    if (has_holes_) return std::nullopt;
    return root;
  }

 private:
  bool next() {
    if (events_.next()) return true;
    say_why_not();
    return false;
  }

  Place here() { return locator_.at_character(events_.event().start_mark.index); }

  /** The value that begins with the event at hand; the event at hand afterwards is its last. */
  std::optional<Value> value(int depth) {
    const yaml_event_t& event = events_.event();
    Value read;
    read.place = here();
    if (depth > max_depth) {
      add(Code::PS0403, "the file nests deeper than " + std::to_string(max_depth) + " levels", read.place);
      return std::nullopt;
    }
    switch (event.type) {
      case YAML_ALIAS_EVENT:
        if (!under_merge_key_)
          refuse("an alias", read.place, "write the value itself; quote a text that begins with `*`");
        has_holes_ = true;
        return read;
      case YAML_SCALAR_EVENT:
        look_at(event.data.scalar.anchor, event.data.scalar.tag, read.place);
        read.text.assign(reinterpret_cast<const char*>(event.data.scalar.value), event.data.scalar.length);
        read.quoted = event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
        if (!read.quoted) look_at_quotes(read.text, read.place);
        look_at_style(event.data.scalar.style, read);
        return read;
      case YAML_SEQUENCE_START_EVENT:
        look_at(event.data.sequence_start.anchor, event.data.sequence_start.tag, read.place);
        read.kind = Value::Kind::list;
        return list(std::move(read), depth);
      case YAML_MAPPING_START_EVENT:
        look_at(event.data.mapping_start.anchor, event.data.mapping_start.tag, read.place);
        read.kind = Value::Kind::mapping;
        return mapping(std::move(read), depth);
      default: return read;
    }
  }

  std::optional<Value> list(Value read, int depth) {
    for (;;) {
      if (!next()) return std::nullopt;
      if (events_.event().type == YAML_SEQUENCE_END_EVENT) return read;
      auto item = value(depth + 1);
      if (!item) return std::nullopt;
      read.items.push_back(std::move(*item));
    }
  }

  std::optional<Value> mapping(Value read, int depth) {
    for (std::size_t keys = 1;; ++keys) {
      if (!next()) return std::nullopt;
      if (events_.event().type == YAML_MAPPING_END_EVENT) return read;
      auto key = value(depth + 1);
      if (!key) return std::nullopt;
      if (keys > max_keys) {
        add(Code::PS0403, "a mapping holds more than " + std::to_string(max_keys) + " keys", key->place);
        return std::nullopt;
      }
      const bool is_usable = check_key(*key, read);
      if (!next()) return std::nullopt;
      auto value = this->value(depth + 1);
      under_merge_key_ = false;
      if (!value) return std::nullopt;
      if (is_usable) read.entries.push_back({std::move(key->text), std::move(key->place), std::move(*value)});
    }
  }

  bool check_key(const Value& key, const Value& mapping) {
    if (key.kind != Value::Kind::scalar || key.text.empty()) {
      add(Code::PS0403, "a key is not a word", key.place, {}, "write `key: value`");
      return false;
    }
    if (key.text == "<<" && !key.quoted) {
      refuse("a merge key `<<`", key.place, "write out the keys that it stands for");
      has_holes_ = under_merge_key_ = true;
      return false;
    }
    if (const Entry* first = mapping.find(key.text)) {
      const auto at = [](const Place& place) {
        return std::to_string(place.line) + ":" + std::to_string(place.column);
      };
      add(Code::PS0403, "`" + key.text + "` is given twice, at " + at(first->place) + " and at " + at(key.place),
          key.place, {}, "keep one of them");
      return false;
    }
    return true;
  }

  void look_at(const yaml_char_t* anchor, const yaml_char_t* tag, const Place& place) {
    if (anchor != nullptr) refuse("an anchor", place, "leave it out; quote a text that begins with `&`");
    if (tag != nullptr) refuse("a tag", place, "leave it out; quote a text that begins with `!`");
  }

  // `delimiter: |`
  void look_at_style(yaml_scalar_style_t style, const Value& read) {
    if (!read.text.empty() || (style != YAML_LITERAL_SCALAR_STYLE && style != YAML_FOLDED_SCALAR_STYLE)) return;
    const std::string_view rest = locator_.rest();
    const std::string mark(rest.substr(0, rest.find_first_of(" \t\r\n")));
    add(Code::PS0403, "a `" + mark + "` without quotes begins a text of several lines, and none follows", read.place,
        {}, "quote it: \"" + mark + "\"");
  }

  // The mark alone is shown: the text may be a secret. It may be a key as well: what is missing then is there.
  void look_at_quotes(std::string_view plain, const Place& place) {
    const std::string_view mark = typographic_quote_of(plain);
    if (mark.empty()) return;
    has_holes_ = true;
    const bool is_known = std::exchange(has_said_quotes_, true);
    add(Code::PS0403, "a text begins with the typographic quote `" + std::string(mark) + "`", place,
        is_known ? "" : "YAML would take it as a part of the text",
        is_known ? ""
                 : "write `\"` in its place, before and behind the text, or put it all in `\"` if it belongs there");
  }

  // Not what was written: it may be a secret that begins with `*` or `!`. The reason is that of all and said once.
  void refuse(const std::string& what, const Place& place, std::string help) {
    add(Code::PS0403, what + " stands in a pipeline file", place,
        std::exchange(has_said_why_, true)
            ? ""
            : "a pipeline file takes no anchors, aliases, merge keys or tags: each value stands where it is used, and "
              "the declared type of a parameter says what it means",
        std::move(help));
  }

  void say_why_not() {
    const yaml_parser_t& parser = events_.parser();
    if (parser.error == YAML_READER_ERROR) return say_which_byte(parser);
    const Place place = locator_.at_character(parser.problem_mark.index);
    const std::string_view indent = locator_.line_so_far(), above = locator_.line_above(), rest = locator_.rest();
    const bool after_blanks = indent.find_first_not_of(" \t") == std::string_view::npos;
    const bool tab = indent.find('\t') != std::string_view::npos || rest.starts_with('\t');
    if (after_blanks && tab) return add(Code::PS0401, "a tab cannot indent YAML", place, {}, "indent with spaces");

    if (indent.ends_with('$') && rest.starts_with('{'))
      return add(Code::PS0421, "an environment value stands without quotes inside `{...}` or `[...]`", place,
                 "YAML ends a text there at its next brace", advise_on_quotes(indent, rest));

    const std::string_view problem = view(parser.problem), context = view(parser.context);
    const YamlAdvice advice = advise_on({problem, indent, rest, above});
    if (parser.context_mark.index >= parser.problem_mark.index || context.empty())
      return add(Code::PS0401, "not valid YAML: " + advice.what, place, {}, advice.help);

    const Place begin = locator_.at_character(parser.context_mark.index);
    const std::string first(locator_.rest().substr(0, 1));
    const bool is_in_flow = context == "while parsing a flow mapping" || context == "while parsing a flow sequence";
    const std::string last = first == "{" ? "}" : first == "[" ? "]" : first;
    const bool has_left_line = begin.line != place.line && indent_of(indent) <= indent_of(locator_.line_so_far()) &&
                               is_open_behind(locator_.rest(), rest);
    if (context == "while scanning a quoted scalar" || (is_in_flow && (has_left_line || rest.empty()))) {
      return add(Code::PS0401, "not valid YAML: a `" + first + "` is not closed", begin, {},
                 "close it with `" + last + "`");
    }
    std::string note(surroundings_of(context));
    if (!note.empty()) note += std::to_string(begin.line) + ":" + std::to_string(begin.column);
    add(Code::PS0401, "not valid YAML: " + advice.what, place, note, advice.help);
  }

  /** Whether the bracket at the beginning of `text` is open at the end of the line on which `rest`, its end, begins. */
  static bool is_open_behind(std::string_view text, std::string_view rest) {
    const std::size_t end = std::min(text.find('\n', text.size() - rest.size()), text.size());
    const char open = text.front(), close = open == '{' ? '}' : ']';
    return std::ranges::count(text.substr(0, end), open) > std::ranges::count(text.substr(0, end), close);
  }

  void say_which_byte(const yaml_parser_t& parser) {
    const Place place = locator_.at_byte(parser.problem_offset);
    const std::string_view rest = locator_.rest();
    const std::string byte = rest.empty() ? "the end" : "`" + diagnostic::printable(rest.substr(0, 1)) + "`";
    if (view(parser.problem) == "control characters are not allowed")
      add(Code::PS0401, "a control character stands in the file: " + byte, place, {},
          rest.starts_with('\0')
              ? "write the file as UTF-8 text; one of UTF-16 becomes it by `iconv -f UTF-16 -t UTF-8`"
              : "remove it, or write it as an escape in double quotes");
    else
      add(Code::PS0401, "the file is not UTF-8: " + byte, place, std::string(view(parser.problem)),
          "if it is latin-1: `iconv -f LATIN1 -t UTF-8`");
  }

  void add(Code code, std::string summary, Place place, std::string note = {}, std::string help = {}) {
    Diagnostic fault{.code = code, .summary = std::move(summary), .place = std::move(place)};
    if (!note.empty()) fault.notes.push_back(std::move(note));
    if (!help.empty()) fault.help.push_back(std::move(help));
    found_.add(std::move(fault));
  }

  Events events_;
  Locator locator_;
  Diagnostics& found_;
  bool under_merge_key_ = false;
  bool has_said_why_ = false;
  bool has_said_quotes_ = false;
  bool has_holes_ = false;  // something refused stood for content: what is missing then is nobody's mistake
};

}  // namespace

std::optional<Value> parse(std::string_view text, const std::string& file, Diagnostics& found) {
  using namespace std::string_view_literals;
  if (text.starts_with("\xFF\xFE"sv) || text.starts_with("\xFE\xFF"sv) || text.starts_with("\0\0\xFE\xFF"sv)) {
    const bool is_32 = text.starts_with("\xFF\xFE\0\0"sv) || text.starts_with('\0');
    const std::string encoding = is_32 ? "UTF-32" : "UTF-16";
    found.add({.code = Code::PS0401,
               .summary = "the file is " + encoding + ", expected UTF-8",
               .place = {.file = file},
               .help = {"run `iconv -f " + encoding + " -t UTF-8 " + file + "` and use what it writes"}});
    return std::nullopt;
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return Reader(text, file, found).document();
}

}  // namespace penstock::pipeline
