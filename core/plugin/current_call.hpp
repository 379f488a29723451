#pragma once

#include <cstdint>
#include <string_view>

#include "plugin/catalog.hpp"

namespace penstock::plugin {

/** Of a call that is given no batch, a number of one is that of the batch before it. */
[[nodiscard]] constexpr bool is_given_batch(std::string_view method) noexcept {
  return method == "stream" || method == "process" || method == "consume";
}

/** While it lives, this thread is in a call into a plugin: whoever must say so when it ends the process can ask. What it is
 *  given is the caller's and outlives it. Nests: a stage that emits is still in its call while the next one works. */
class CurrentCall {
 public:
  /** @param batch  that the call is given, from 1; of a call that is given none the last one of its node; 0: none yet */
  CurrentCall(std::string_view node, const ExportedType& type, std::string_view method, std::uint64_t batch) noexcept;
  ~CurrentCall();
  CurrentCall(const CurrentCall&) = delete;
  CurrentCall& operator=(const CurrentCall&) = delete;

  /** The innermost call of this thread, null outside of any. May be asked in a signal handler. */
  [[nodiscard]] static const CurrentCall* of_this_thread() noexcept;

  [[nodiscard]] std::string_view node() const noexcept { return node_; }
  [[nodiscard]] const ExportedType& type() const noexcept { return type_; }
  [[nodiscard]] std::string_view method() const noexcept { return method_; }
  [[nodiscard]] std::uint64_t batch() const noexcept { return batch_; }

 private:
  std::string_view node_;
  const ExportedType& type_;
  std::string_view method_;
  std::uint64_t batch_;
  const CurrentCall* outer_;
};

}  // namespace penstock::plugin
