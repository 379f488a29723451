#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace penstock::architecture {

/** A source file of the project: path from the top (`core/plugin/gate.cpp`) and text. */
struct SourceFile {
  std::string path;
  std::string text;
};

/** Every C and C++ file below `folder`, in the order of their paths. */
std::vector<SourceFile> source_files(const std::string& folder);

/** The names between the brackets or quotes of a file's #include lines. */
std::vector<std::string> includes(const SourceFile& file);

std::filesystem::path source_root();

}  // namespace penstock::architecture
