#include "plugin/child_words.hpp"

#include <cstring>

namespace penstock::plugin {

std::string signal_text(int number) {
  const char* const description = ::sigdescr_np(number);
  return "signal " + std::to_string(number) + (description == nullptr ? "" : " (" + std::string(description) + ')');
}

std::string seconds_text(std::chrono::nanoseconds time) {
  std::string text = std::to_string(std::chrono::duration<double>(time).count());
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text + " s";
}

std::string first_words(const std::string& output) {
  constexpr std::size_t most_shown = 160;
  std::string words;
  for (const char c : output.substr(0, most_shown)) {
    const bool is_blank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
    if (!is_blank)
      words += c;
    else if (!words.empty() && words.back() != ' ')
      words += ' ';
  }
  if (words.ends_with(' ')) words.pop_back();
  return output.size() > most_shown ? words + " ..." : words;
}

}  // namespace penstock::plugin
