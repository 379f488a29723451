#include "conformance/case.hpp"

namespace penstock::conformance {

std::string_view name(Result result) noexcept {
  switch (result) {
    case Result::pass: return "pass";
    case Result::warn: return "warn";
    case Result::fail: return "fail";
    case Result::crash: return "crash";
    case Result::timeout: return "timeout";
    case Result::skip: break;
  }
  return "skip";
}

std::span<const Case> cases() {
  static const std::vector<Case> all = [] {
    std::vector<Case> joined;
    for (const std::span<const Case> rows : {reading_cases(), loading_cases()})
      joined.insert(joined.end(), rows.begin(), rows.end());
    return joined;
  }();
  return all;
}

}  // namespace penstock::conformance
