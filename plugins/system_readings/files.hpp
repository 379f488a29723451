// The small files in which Linux shows its state.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace system_readings {

/// A whole file. Nothing if it cannot be read: a container hides some, and a sleeping sensor answers with an error.
std::optional<std::string> read_file(const std::filesystem::path& path);

/// The first line of a file, or nothing.
std::optional<std::string> read_line(const std::filesystem::path& path);

/// Names in a directory that begin with `prefix`, in order; none if there is no such directory.
std::vector<std::string> names_in(const std::filesystem::path& directory, std::string_view prefix);

/// Takes the next word, or line, off the front of a text; empty at its end.
std::string_view take_word(std::string_view& text);
std::string_view take_line(std::string_view& text);

/// A whole text as a number, or nothing.
template <class T>
std::optional<T> number(std::string_view text);

}  // namespace system_readings
