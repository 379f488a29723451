#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace penstock::cli {

/** `1,234,567 rows, 450,000 rows per second, 0:02:31`; short enough for a terminal. */
[[nodiscard]] std::string progress_text(std::uint64_t rows, std::uint64_t rows_per_second,
                                        std::chrono::nanoseconds elapsed);

/** While it lives, says once in `period` how far a run is, from a thread of its own. */
class Progress {
 public:
  using Show = std::function<void(std::string_view line)>;

  Progress(const std::atomic<std::uint64_t>& rows, Show show,
           std::chrono::steady_clock::duration period = std::chrono::seconds(1));
  ~Progress();  ///< `show` is not called any more
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

 private:
  void say_until_stopped();

  const std::atomic<std::uint64_t>& rows_;
  const Show show_;
  const std::chrono::steady_clock::duration period_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool is_stopped_ = false;
  std::thread thread_;
};

}  // namespace penstock::cli
