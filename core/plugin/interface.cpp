#include "plugin/interface.hpp"

#include <penstock/abi.h>

#include <algorithm>
#include <array>

namespace penstock::plugin {
namespace {

static_assert(host_version.major == PENSTOCK_ABI_VERSION && std::string_view(PENSTOCK_ABI_VERSION_TEXT) == "1.0");

enum class Need { REQUIRED, OPTIONAL };

#define PENSTOCK_RULE(name, result, arguments, need, since, signature) \
  MethodRule{#name, signature, Need::need == Need::REQUIRED},
constexpr std::array source_methods = {PENSTOCK_SHARED_METHODS(PENSTOCK_RULE) PENSTOCK_SOURCE_METHODS(PENSTOCK_RULE)};
constexpr std::array stage_methods = {PENSTOCK_SHARED_METHODS(PENSTOCK_RULE) PENSTOCK_STAGE_METHODS(PENSTOCK_RULE)
                                          PENSTOCK_FLUSH_METHODS(PENSTOCK_RULE)};
constexpr std::array sink_methods = {PENSTOCK_SHARED_METHODS(PENSTOCK_RULE) PENSTOCK_SINK_METHODS(PENSTOCK_RULE)
                                         PENSTOCK_FLUSH_METHODS(PENSTOCK_RULE)};
#undef PENSTOCK_RULE

}  // namespace

std::span<const MethodRule> methods_of(Interface interface) noexcept {
  switch (interface) {
    case Interface::source: return source_methods;
    case Interface::stage: return stage_methods;
    case Interface::sink: return sink_methods;
  }
  return {};
}

const MethodRule* find_rule(Interface interface, std::string_view method) noexcept {
  const auto rules = methods_of(interface);
  const auto rule = std::find_if(rules.begin(), rules.end(), [&](const MethodRule& one) { return one.name == method; });
  return rule == rules.end() ? nullptr : &*rule;
}

}  // namespace penstock::plugin
