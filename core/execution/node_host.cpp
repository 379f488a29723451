#include "execution/node_host.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "pipeline/secrets.hpp"

namespace penstock::execution {
namespace {

constexpr std::size_t longest_text = 4096;  // of a failure or a log line; longer ones are cut
constexpr double burst_lines = 100;
constexpr double lines_a_second = 10;

std::string_view view(const char* text) { return text == nullptr ? std::string_view() : std::string_view(text); }

}  // namespace

std::int64_t steady_ns() noexcept {
  using namespace std::chrono;
  return duration_cast<nanoseconds>(steady_clock::now().time_since_epoch()).count();
}

bool LogLimit::admit(std::int64_t now_ns, std::uint64_t& suppressed) {
  const std::lock_guard lock(mutex_);
  lines_ = std::min(burst_lines, lines_ + static_cast<double>(now_ns - refilled_ns_) * 1e-9 * lines_a_second);
  refilled_ns_ = now_ns;
  if (lines_ < 1) {
    ++suppressed_;
    return false;
  }
  lines_ -= 1;
  suppressed = std::exchange(suppressed_, 0);
  return true;
}

// What plugins call. None lets an exception out; those marked [in] have an effect only inside a call.
struct NodeHost::Functions {
  static void record(const penstock_host* host, std::uint32_t metric, std::uint64_t before, std::uint64_t after,
                     std::uint32_t accepted) {
    NodeHost& self = of(*host);
    if (metric < self.own_metrics_)
      self.recorder_->record(metric, before, after, accepted != 0);
    else
      self.write_log(PENSTOCK_LOG_ERROR, "assigned a metric that its manifest does not have; not recorded");
  }

  static void forget(const penstock_host*, std::uint32_t, std::uint64_t, std::uint64_t, std::uint32_t) {}

  static penstock_status fail(const penstock_host* host, penstock_status status, std::int64_t where, const char* text) {
    try {
      of(*host).failure_ = pipeline::Failure{status, where, of(*host).shown(view(text))};
    } catch (const std::bad_alloc&) {
      // The status alone still ends the call.
    }
    return status;
  }

  static penstock_status reject(const penstock_host* host, const penstock_rejection* rejection) {
    CallSite* const call = of(*host).call_;
    return call == nullptr || rejection == nullptr ? PENSTOCK_STOP : call->reject(*rejection);
  }

  static void log(const penstock_host* host, std::int32_t level, const char* text) {
    try {
      of(*host).write_log(level, of(*host).shown(view(text)));
    } catch (const std::bad_alloc&) {
      // The line is left out.
    }
  }

  static void wake(const penstock_host* host, std::int64_t delay_ns) {
    NodeHost& self = of(*host);
    const std::int64_t now = steady_ns();
    const std::int64_t due = delay_ns <= 0 ? now : delay_ns > never - now ? never - 1 : now + delay_ns;
    std::int64_t set = self.alarm_.load(std::memory_order_seq_cst);
    while (due < set && !self.alarm_.compare_exchange_weak(set, due, std::memory_order_seq_cst)) {
    }
    self.waker_.wake();
  }

  static penstock_batch* allocate(const penstock_host* host, std::int64_t rows) {
    CallSite* const call = of(*host).call_;
    return call == nullptr ? nullptr : call->allocate(rows);
  }

  static penstock_status emit(const penstock_host* host, penstock_batch* batch) {
    CallSite* const call = of(*host).call_;
    return call == nullptr ? PENSTOCK_STOP : call->emit(batch);
  }

  static std::int32_t intern(const penstock_host* host, const char* text, std::uint64_t size) {
    return of(*host).keys_.intern(text == nullptr ? std::string_view() : std::string_view(text, size));
  }
};

NodeHost::NodeHost(std::string node_name, const LogLine& write_line, batch::KeyTable& keys, Waker& waker,
                   std::uint32_t thread_count)
    : penstock_host{}, name_(std::move(node_name)), write_line_(write_line), keys_(keys), waker_(waker) {
  size = sizeof(penstock_host);
  abi = PENSTOCK_ABI_VERSION;
  node = name_.c_str();
  partitions = 1;
  threads = thread_count;
  penstock_host::record = Functions::forget;
  fail = Functions::fail;
  reject = Functions::reject;
  log = Functions::log;
  wake = Functions::wake;
  allocate = Functions::allocate;
  emit = Functions::emit;
  intern = Functions::intern;
}

void NodeHost::record_to(changelog::Recorder& to, std::uint32_t own) noexcept {
  recorder_ = &to;
  own_metrics_ = own;
  record = Functions::record;
}

void NodeHost::record_own(HostMetric metric, std::uint64_t before, std::uint64_t after) noexcept {
  if (recorder_ != nullptr) recorder_->record(own_metrics_ + static_cast<std::uint32_t>(metric), before, after, true);
}

std::optional<pipeline::Failure> NodeHost::take_failure() noexcept { return std::exchange(failure_, std::nullopt); }

std::string NodeHost::without_secrets(std::string_view text) const {
  return pipeline::without_secrets(std::string(text), secrets_);
}

// Cut behind the replacement: the beginning of a secret at the border would be shown.
std::string NodeHost::shown(std::string_view text) const {
  if (secrets_.empty()) return std::string(text.substr(0, longest_text));
  std::string fit = without_secrets(text);
  fit.resize(std::min(fit.size(), longest_text));
  return fit;
}

void NodeHost::write_log(std::int32_t level, std::string_view text) noexcept {
  if (!write_line_) return;
  try {
    std::uint64_t suppressed = 0;
    if (!limit_.admit(steady_ns(), suppressed)) return;
    if (suppressed > 0)
      write_line_(PENSTOCK_LOG_WARNING, name_, std::to_string(suppressed) + " lines were left out: too many at once");
    write_line_(level, name_, text);
  } catch (...) {
    // A line that cannot be written is no reason to end the run, and no exception may reach the plugin.
  }
}

}  // namespace penstock::execution
