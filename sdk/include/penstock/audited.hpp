// Audited metrics: members whose every assignment is on the change log.
#pragma once
#include <penstock/decimal.hpp>
#include <penstock/described.hpp>
#include <penstock/host.hpp>

#include <bit>
#include <string>

namespace penstock {
inline namespace v1 {

/// Reads as its value. Assigning checks the invariant, records, and stores; every assignment is a record, also of an equal
/// value, and `+=`, `*=` and `++` are one. An assignment that breaks the invariant is recorded as rejected, leaves the value
/// and throws InvariantBroken (built without exceptions, it fails the call). NaN breaks every invariant.
///
/// A value that may not hold is offered with `try_set`, which asks and never throws: for destructors, call-backs and threads
/// of your own. Back to the start, also of what never decreases, leads `reset`.
///
/// Assigning costs a few nanoseconds and a few bytes of the log: once a batch is enough, unless each step matters.
template <class T, class Tag>
class Metric {
 public:
  Metric() { CountOfMembers::metrics_made.fetch_add(1, std::memory_order_relaxed); }
  Metric(const Metric&) = delete;
  Metric& operator=(const Metric&) = delete;

  operator T() const { return value_; }
  T operator*() const { return value_; }

  Metric& operator=(T value) {
    if constexpr (is_metric_value<T>) assign(value);  // else PENSTOCK_EXPORT says what it can be
    return *this;
  }

  /// Assigns if the invariant allows it, and says whether it did. Recorded as every assignment is, also when it is
  /// rejected; the call at hand does not fail. [any thread, one at a time]
  [[nodiscard]] bool try_set(T value) noexcept {
    if constexpr (is_metric_value<T>)
      return record(value, allows(value));
    else
      return false;
  }

  /// Back to the value of the start, the manifest's default: the one step down that never_decreasing() takes. Recorded as
  /// every assignment is. [any thread, one at a time]
  void reset() noexcept {
    if constexpr (is_metric_value<T>) record(T{}, true);
  }

  /// Whole numbers wrap around.
  Metric& operator+=(T step) { return *this = static_cast<T>(wide(value_) + wide(step)); }
  Metric& operator-=(T step) { return *this = static_cast<T>(wide(value_) - wide(step)); }
  Metric& operator*=(T factor) { return *this = static_cast<T>(wide(value_) * wide(factor)); }
  Metric& operator/=(T divisor) { return *this = static_cast<T>(value_ / divisor); }
  Metric& operator++() { return *this += T{1}; }
  Metric& operator--() { return *this -= T{1}; }
  T operator++(int) {
    const T before = value_;
    ++*this;
    return before;
  }
  T operator--(int) {
    const T before = value_;
    --*this;
    return before;
  }

 private:
  friend struct metric_access;

  void assign(T value) {
    if (!record(value, allows(value))) [[unlikely]]
      refuse(value);
  }

  // Takes an accepted value over. Gives `accepted`.
  bool record(T value, bool accepted) noexcept {
    // No host yet in a constructor, or ever in a test that makes the class itself: there is nothing to record to.
    if (host_) [[likely]]
      host_->raw().record(&host_->raw(), index(), bits(value_), bits(value), accepted);
    if (accepted) [[likely]]
      value_ = value;
    return accepted;
  }

  // nullptr: its class has not been made yet, and describe() is asked afterwards.
  const Description* description() const {
    if constexpr (is_described)
      return said_.description;
    else
      return &description_of<Tag>;
  }
  std::uint32_t index() const {
    if constexpr (is_described)
      return said_.index;
    else
      return static_cast<std::uint32_t>(Tag::order);
  }

  [[gnu::always_inline]] bool allows(T value) const {
    const Description* const d = description();
    if (!d) return true;
    return d->allows(value) && (!d->rising || value >= value_);
  }

  // Signed sums must not overflow.
  static auto wide(T value) {
    if constexpr (std::is_same_v<T, double>)
      return value;
    else
      return static_cast<std::uint64_t>(value);
  }

  static std::uint64_t bits(T value) {
    if constexpr (std::is_same_v<T, double>)
      return std::bit_cast<std::uint64_t>(value);
    else
      return static_cast<std::uint64_t>(value);
  }

  [[gnu::cold, gnu::noinline]] void refuse(T value) {
    const Description& d = *description();
    std::string rule;
    if (d.allows(value)) {
      rule = " never decreases, and was " + decimal(value_) + " (`reset()` goes back to " + decimal(T{}) +
             "; one that may fall is declared without `never_decreasing()`)";
    } else {
      if (d.low.exists()) rule += " is at least " + decimal(d.low.template as<T>());
      if (d.high.exists()) rule += (rule.empty() ? " is at most " : ", at most ") + decimal(d.high.template as<T>());
    }
    const std::string text = "metric `" + std::string(d.name) + "` cannot become " + decimal(value) + ": it" + rule;
    raise(host_, InvariantBroken(text));
  }

  static std::string decimal(T value) {
    if constexpr (std::is_same_v<T, bool>)
      return value ? "true" : "false";
    else
      return std::string(Decimal(value).text());
  }

  static constexpr bool is_described = std::is_void_v<Tag>;
  struct Said {
    const Description* description = nullptr;
    std::uint32_t index = 0;
  };
  struct Nothing {};

  T value_{};
  Host* host_ = nullptr;
  [[no_unique_address]] std::conditional_t<is_described, Said, Nothing> said_{};
};

// For the thunk of create. What the constructor assigned is one record, from the manifest's default.
struct metric_access {
  template <class Entry = void, class T, class Tag>
  static void link(Metric<T, Tag>& metric, Host& host) {
    if constexpr (std::is_void_v<Tag>) {
      metric.said_.description = &description_of<Entry>;
      metric.said_.index = static_cast<std::uint32_t>(Entry::order);
    }
    metric.host_ = &host;
    const T value = metric.value_;
    if (metric.bits(value) == 0) return;
    metric.value_ = T{};
    metric = value;
  }
};

}  // namespace v1
}  // namespace penstock

/// PENSTOCK_METRIC(type, name, "what it is", attributes...): std::uint64_t, std::int64_t, double or bool; starts at 0.
#define PENSTOCK_METRIC(T, member, ...)                                            \
  PENSTOCK_DESCRIBED_(penstock_member, 'm', T, member __VA_OPT__(, ) __VA_ARGS__); \
  ::penstock::Metric<T, penstock_tag_##member> member
