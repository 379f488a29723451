// What a plugin may ask of the host. A class gets it by a constructor that takes a `penstock::Host&`, which lives as long
// as the instance.
#pragma once
#include <penstock/abi.h>
#include <penstock/error.hpp>
#include <penstock/value.hpp>

#include <string>
#include <string_view>

namespace penstock {
inline namespace v1 {

enum class LogLevel : std::int32_t {
  debug = PENSTOCK_LOG_DEBUG,
  info = PENSTOCK_LOG_INFO,
  warning = PENSTOCK_LOG_WARNING,
  error = PENSTOCK_LOG_ERROR
};

/// Text that ends with NUL: a literal, or a std::string that outlives the call.
class TextRef {
 public:
  constexpr TextRef(const char* text) : text_(text) {}
  TextRef(const std::string& text) : text_(text.c_str()) {}
  constexpr operator const char*() const { return text_; }

 private:
  const char* text_;
};

class Host {
 public:
  explicit Host(const penstock_host& host) : host_(&host) {}
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  /// Asks for a call of `stream` or `tick` after at most this time. [any thread]
  void wake(Duration delay = Duration{0}) { host_->wake(host_, delay.count()); }

  /// Writes a line to the host's log; standard error is the host's. Rate-limited. [any thread]
  void log(LogLevel level, TextRef text) { host_->log(host_, static_cast<std::int32_t>(level), text); }

  /// The key of a text, one for the whole run. Throws Failed when there are too many keys. [any thread]
  Key intern(std::string_view text) {
    const Key key{host_->intern(host_, text.data(), text.size())};
    if (key.code < 0) [[unlikely]]
      too_many_keys(text);
    return key;
  }

  /// Name of the node in the pipeline.
  std::string_view node() const { return host_->node; }
  /// Which partition this instance works on, from 0, and how many there are.
  std::uint32_t partition() const { return host_->partition; }
  std::uint32_t partitions() const { return host_->partitions; }
  /// How many threads this instance may keep busy at a time, that of the call at hand among them; from 1.
  std::uint32_t threads() const { return host_->threads; }

  /// Makes the call at hand fail when it returns, as throwing the error does: for code that is built without exceptions.
  /// [in a method, on its thread]
  void fail(const Error& error) { fail(error.status(), error.where(), error.what()); }
  void fail(penstock_status status, std::int64_t where, TextRef text) {
    failed_ = host_->fail(host_, status, where, text);
  }

  /// The boundary itself.
  const penstock_host& raw() const { return *host_; }

  /// For the SDK: the status of a call that failed without an exception, which is taken away. PENSTOCK_OK: none did.
  penstock_status take_failure() {
    const penstock_status status = failed_;
    failed_ = PENSTOCK_OK;
    return status;
  }
  bool has_failed() const { return failed_ != PENSTOCK_OK; }
  /// For the SDK: the call at hand returns this status, of which the host knows the reason already.
  void pass_on(penstock_status status) { failed_ = status; }

 private:
  void too_many_keys(std::string_view text);

  const penstock_host* host_;
  penstock_status failed_ = PENSTOCK_OK;
};

/// For the SDK: fails the call at hand, by an exception where there are exceptions.
template <class E>
[[gnu::cold, gnu::noinline]] void raise([[maybe_unused]] Host* host, const E& error) {
#ifdef __cpp_exceptions
  throw error;
#else
  if (!host) return;
  if constexpr (requires { error.status(); })
    host->fail(error);
  else
    host->fail(PENSTOCK_FAILED, -1, error.what());
#endif
}

/// For the SDK: leaves the method at hand with a status of which the host knows the reason already.
struct PassedOn {
  penstock_status status;
};
inline void pass_on(Host& host, penstock_status status) {
#ifdef __cpp_exceptions
  static_cast<void>(host);
  throw PassedOn{status};
#else
  host.pass_on(status);
#endif
}

inline void Host::too_many_keys(std::string_view text) {
  raise(this,
        Failed(
            "`" + std::string(text) +
            "` is one key too many: set `max_keys` of the pipeline higher; each sensor, unit and other name is a key"));
}

}  // namespace v1
}  // namespace penstock
