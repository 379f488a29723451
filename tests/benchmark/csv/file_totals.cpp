// csv_file_totals FILE: what a file of the work's results adds up to, as JSON: whoever wrote it, and in whatever order. Columns
// are found by their names.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

std::vector<std::string_view> split(std::string_view line) {
  std::vector<std::string_view> fields;
  for (std::size_t comma = 0; comma != line.npos; line.remove_prefix(comma == line.npos ? 0 : comma + 1)) {
    comma = line.find(',');
    fields.push_back(line.substr(0, comma));
  }
  return fields;
}

}  // namespace

int main(int argc, char** argv) {
  std::ifstream file(argc == 2 ? argv[1] : "");
  std::string line;
  if (!std::getline(file, line)) {
    std::fprintf(stderr, "usage: %s FILE\n", argv[0]);
    return 2;
  }
  const std::vector<std::string> names = {"value", "normalized", "rolling_avg"};
  std::vector<std::size_t> at;
  std::size_t width = 0;
  {
    const std::vector<std::string_view> header = split(line);
    width = header.size();
    for (const std::string& name : names)
      for (std::size_t column = 0; column < width; ++column)
        if (header[column] == name) at.push_back(column);
  }
  std::vector<double> sums(names.size());
  unsigned long long rows = 0;
  while (std::getline(file, line)) {
    const std::vector<std::string_view> fields = split(line);
    if (at.size() != names.size() || fields.size() != width) {
      std::fprintf(stderr, "%s: line %llu: not a row of the results: %s\n", argv[1], rows + 2, line.c_str());
      return EXIT_FAILURE;
    }
    for (std::size_t i = 0; i < names.size(); ++i) sums[i] += std::strtod(fields[at[i]].data(), nullptr);
    ++rows;
  }
  std::printf("{\"rows\": %llu, \"value\": %.17g, \"normalized\": %.17g, \"rolling_avg\": %.17g}\n", rows, sums[0],
              sums[1], sums[2]);
}
