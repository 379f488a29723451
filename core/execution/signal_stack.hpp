#pragma once

#include <cstddef>

namespace penstock::execution {

/** While it lives, handlers that ask for it (`SA_ONSTACK`) run on a stack of their own on this thread, so that one can still
 *  speak when a plugin has used up the thread's. Does nothing where there is no memory for it, or one already. */
class SignalStack {
 public:
  SignalStack() noexcept;
  ~SignalStack();
  SignalStack(const SignalStack&) = delete;
  SignalStack& operator=(const SignalStack&) = delete;

 private:
  void* memory_ = nullptr;
};

}  // namespace penstock::execution
