#include "cli/status.hpp"

#include <string_view>

namespace penstock::cli {
namespace {

Status status_of(diagnostic::Code code) noexcept {
  if (code == diagnostic::Code::PS0002) return Status::failed;  // nothing was asked for wrongly, the place is full
  const std::string_view range = diagnostic::name(code).substr(2, 2);
  if (range == "00" || range == "04") return Status::usage;
  if (range == "01" || range == "02" || range == "03") return Status::refused;
  return Status::failed;
}

}  // namespace

Status status_of(const Diagnostics& found) noexcept {
  Status status = Status::well;
  for (const diagnostic::Diagnostic& one : found) {
    if (one.severity != diagnostic::Severity::error) continue;
    const Status asked = status_of(one.code);
    if (asked == Status::usage) return Status::usage;
    if (asked == Status::refused || status == Status::well) status = asked;
  }
  return status;
}

}  // namespace penstock::cli
