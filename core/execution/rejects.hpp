#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "batch/batch.hpp"
#include "batch/key_table.hpp"
#include "diagnostic/diagnostic.hpp"

namespace penstock::execution {

using diagnostic::Diagnostics;

/** Appends `{"sensor_id":"M1","value":21.5,...}`: times as RFC 3339 UTC, durations in nanoseconds, the numbers that JSON
 *  does not have as the strings `nan`, `inf`, `-inf`, bytes as text in which what is not UTF-8 became U+FFFD. */
void append_row_json(std::string& line, const batch::Batch& batch, std::int64_t row, const batch::KeySnapshot& keys);

/** One rejected row, as a line of a rejects file. */
struct RejectedRow {
  std::string_view node;
  std::string_view place = {};   ///< such as `readings.csv:17`; empty: unknown
  std::string_view column = {};  ///< empty: none is to blame
  std::string_view reason = {};
  std::string_view raw = {};            ///< the bytes as they came, of a row that never became one, or their first part
  std::uint64_t raw_size = 0;           ///< how many there were
  const batch::Batch* batch = nullptr;  ///< where the row is, or null
  std::int64_t row = -1;
};

/** The file of a node's `rejects:`: one JSON object a line. Made anew at the start of a run. Rows of a call that then
 *  fails are taken back. Not thread-safe. */
class RejectsFile {
 public:
  [[nodiscard]] static std::unique_ptr<RejectsFile> create(const std::filesystem::path& path, Diagnostics& found);

  void write(const RejectedRow& row, const batch::KeyTable& keys);  ///< throws std::bad_alloc
  void mark() noexcept { kept_ = size_; }                           ///< what is written up to here stays
  void take_back() noexcept;                                        ///< what was written since the mark goes

  /** Hands out what stays. What comes back is why a line could not be written, now or in any call before. */
  [[nodiscard]] std::optional<diagnostic::Diagnostic> flush();

 private:
  struct Close {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
  };
  RejectsFile(std::filesystem::path path, std::FILE* file) : path_(std::move(path)), file_(file) {}
  void fail() noexcept;

  std::filesystem::path path_;
  std::unique_ptr<std::FILE, Close> file_;
  std::string line_;
  std::uint64_t size_ = 0;
  std::uint64_t kept_ = 0;
  int error_ = 0;  // errno of the first write that failed
};

}  // namespace penstock::execution
