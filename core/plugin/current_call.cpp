#include "plugin/current_call.hpp"

namespace penstock::plugin {
namespace {

thread_local constinit const CurrentCall* innermost = nullptr;

}  // namespace

CurrentCall::CurrentCall(std::string_view node, const ExportedType& type, std::string_view method,
                         std::uint64_t batch) noexcept
    : node_(node), type_(type), method_(method), batch_(batch), outer_(innermost) {
  innermost = this;
}

CurrentCall::~CurrentCall() { innermost = outer_; }

const CurrentCall* CurrentCall::of_this_thread() noexcept { return innermost; }

}  // namespace penstock::plugin
