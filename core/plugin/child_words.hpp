#pragma once

#include <chrono>
#include <string>

/** What became of a child (see child.hpp), in the words of a diagnostic. */
namespace penstock::plugin {

/** `signal 11 (Segmentation fault)` */
[[nodiscard]] std::string signal_text(int number);

/** `5 s`, `0.1 s` */
[[nodiscard]] std::string seconds_text(std::chrono::nanoseconds time);

/** The beginning of what was written, on one line; `...` stands for the rest. */
[[nodiscard]] std::string first_words(const std::string& output);

}  // namespace penstock::plugin
