#include "parsed.hpp"

namespace csv {
namespace {

constexpr std::size_t longest_shown = 48;

// Bytes of the well-formed sequence at the start of a text that is not empty (Unicode 15, table 3-7), or 0.
std::size_t sequence(std::string_view text) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
  };
  const auto follows = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
    return low <= byte(i) && byte(i) <= high;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return follows(1) ? 2 : 0;
  if (lead < 0xF0) return follows(1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF) && follows(2) ? 3 : 0;
  if (lead < 0xF5)
    return follows(1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF) && follows(2) && follows(3) ? 4 : 0;
  return 0;
}

// C1 controls and the marks that turn the direction of text: they would act on the terminal that shows the message.
bool acts_on_terminal(std::string_view symbol) {
  if (symbol.size() == 2) return symbol[0] == '\xC2' && static_cast<unsigned char>(symbol[1]) < 0xA0;
  if (symbol.size() != 3 || symbol[0] != '\xE2') return false;
  const auto last = static_cast<unsigned char>(symbol[2]);
  return (symbol[1] == '\x80' && (last == 0x8E || last == 0x8F || (last >= 0xA8 && last <= 0xAE))) ||
         (symbol[1] == '\x81' && last >= 0xA6 && last <= 0xA9);
}

void append_escaped(std::string& out, std::string_view bytes) {
  constexpr char digit[] = "0123456789ABCDEF";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\0')
      out += "\\0";
    else if (c == '\n')
      out += "\\n";
    else if (c == '\r')
      out += "\\r";
    else if (c == '\t')
      out += "\\t";
    else
      (out += "\\x").append({digit[byte >> 4], digit[byte & 15]});
  }
}

}  // namespace

std::string shown(std::string_view bytes) {
  std::string out = "`";
  std::size_t at = 0;
  while (at < bytes.size() && at < longest_shown) {
    const std::size_t size = sequence(bytes.substr(at));
    const std::string_view symbol = bytes.substr(at, size == 0 ? 1 : size);
    const auto first = static_cast<unsigned char>(symbol[0]);
    if (size == 0 || first < 0x20 || first == 0x7F || acts_on_terminal(symbol))
      append_escaped(out, symbol);
    else
      out += symbol;
    at += symbol.size();
  }
  out += at < bytes.size() ? "...` (" + std::to_string(bytes.size()) + " bytes)" : "`";
  return out;
}

std::string from_latin1(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80)
      text += c;
    else
      text.append({static_cast<char>(0xC0 | byte >> 6), static_cast<char>(0x80 | (byte & 0x3F))});
  }
  return text;
}

Parsed<std::string_view> parse_name(std::string_view text) {
  if (text.empty()) return {{}, "a name that is not empty", 0};
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\0') return {{}, "text without NUL bytes", at};
    const std::size_t size = sequence(text.substr(at));
    if (size == 0) return {{}, "UTF-8 (is this Latin-1? set `encoding: latin1`)", at};
    at += size;
  }
  return {text};
}

std::string_view inside_apostrophes(std::string_view text) {
  const bool is_inside = text.size() > 2 && text.front() == '\'' && text.back() == '\'';
  return is_inside ? text.substr(1, text.size() - 2) : std::string_view();
}

std::string set_one_of(const std::vector<std::string>& settings) {
  if (settings.empty()) return "";
  std::string text = "set " + settings.front();
  for (std::size_t i = 1; i < settings.size(); ++i) text += " or " + settings[i];
  return text + (settings.size() > 1 ? ", as the file means it" : "");
}

}  // namespace csv
