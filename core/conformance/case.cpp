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

std::string_view name(Kind kind) noexcept {
  switch (kind) {
    case Kind::library: return "library";
    case Kind::type: return "type";
    case Kind::source: return plugin::name(plugin::Interface::source);
    case Kind::stage: return plugin::name(plugin::Interface::stage);
    case Kind::sink: break;
  }
  return plugin::name(plugin::Interface::sink);
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
