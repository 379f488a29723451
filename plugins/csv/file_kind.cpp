#include "file_kind.hpp"

#include "blanks.hpp"

namespace csv {
namespace {

std::string by_a_pipe(const std::string& command) {
  return "run `" + command + " FILE | penstock run PIPELINE` with `path: \"-\"`";
}

bool is_json(std::string_view line) {
  line = without_blanks(line.substr(0, line.find_first_of("\r\n")));
  if (line.starts_with('{')) return true;
  if (!line.starts_with('[')) return false;
  const std::string_view rest = without_blanks(line.substr(1));
  return rest.empty() || std::string_view("{[\"").find(rest.front()) != std::string_view::npos;
}

}  // namespace

std::string refusal_of_kind(std::string_view start) {
  if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF"))
    return "found UTF-16, expected UTF-8; convert it with `iconv -f UTF-16 -t UTF-8`";
  if (start.starts_with("\x1F\x8B")) return "found gzip, expected text; " + by_a_pipe("zcat");
  if (start.starts_with("\x28\xB5\x2F\xFD")) return "found zstd, expected text; " + by_a_pipe("zstdcat");
  if (start.starts_with("PK\x03\x04")) return "found an Excel or zip file, expected text; save it as CSV";
  return "";
}

std::string advise_on_kind(std::string_view line) {
  if (line.starts_with("BZh")) return "if this is bzip2, " + by_a_pipe("bzcat");
  return is_json(line) ? "this looks like JSON: convert it to CSV" : "";
}

}  // namespace csv
