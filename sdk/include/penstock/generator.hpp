// The coroutine of a source. It yields no value: `co_yield out` hands out what its Output holds and waits for the next
// call. (A batch by value would be freed twice by g++ 12, which destroys an aggregate operand of co_yield twice.)
#pragma once
#include <penstock/output.hpp>

#include <coroutine>
#include <exception>
#include <utility>

namespace penstock {
inline namespace v1 {

class [[nodiscard]] Generator {
 public:
  struct promise_type {
    Generator get_return_object() { return Generator(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    template <class Record>
    std::suspend_always yield_value(Output<Record>&) noexcept {
      return {};
    }
    void return_void() noexcept {}
    void unhandled_exception() noexcept { failure = std::current_exception(); }

    std::exception_ptr failure;
  };

  Generator() = default;
  Generator(Generator&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
  Generator& operator=(Generator&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Generator() { reset(); }

  explicit operator bool() const { return static_cast<bool>(handle_); }

  /// For the SDK. Runs to the next co_yield; false: it has ended, by itself or by what it threw. One that is empty, which
  /// a function without a `co_yield` returns as `{}`, has ended too.
  bool resume() {
    if (handle_ && !handle_.done()) handle_.resume();
    return handle_ && !handle_.done();
  }
  /// For the SDK.
  bool has_thrown() const { return handle_ && handle_.promise().failure != nullptr; }
  /// For the SDK. Throws what the coroutine threw, once.
  void rethrow() {
#ifdef __cpp_exceptions
    if (has_thrown()) std::rethrow_exception(std::exchange(handle_.promise().failure, nullptr));
#endif
  }
  void reset() {
    if (handle_) std::exchange(handle_, {}).destroy();
  }

 private:
  explicit Generator(std::coroutine_handle<promise_type> handle) : handle_(handle) {}

  std::coroutine_handle<promise_type> handle_;
};

}  // namespace v1
}  // namespace penstock
