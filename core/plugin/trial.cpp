#include "plugin/trial.hpp"

#include <dlfcn.h>
#include <sys/mman.h>

#include <atomic>
#include <cerrno>
#include <new>
#include <string>
#include <system_error>
#include <vector>

#include "plugin/child.hpp"
#include "plugin/child_words.hpp"

namespace penstock::plugin {
namespace {

namespace fs = std::filesystem;
using diagnostic::Code;
using diagnostic::Diagnostic;
using diagnostic::Severity;

/** How far the child came, whatever became of it. */
struct Progress {
  std::atomic<std::size_t> loaded = 0;
  std::atomic<std::int64_t> since = 0;  ///< when it turned to the next: nanoseconds of the steady clock

  static_assert(std::atomic<std::size_t>::is_always_lock_free && std::atomic<std::int64_t>::is_always_lock_free);
};

/** Progress in memory that the child shares. */
class SharedProgress {
 public:
  SharedProgress()
      : memory_(::mmap(nullptr, sizeof(Progress), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
    if (memory_ != MAP_FAILED) progress_ = new (memory_) Progress;
  }
  ~SharedProgress() {
    if (memory_ != MAP_FAILED) ::munmap(memory_, sizeof(Progress));
  }
  SharedProgress(const SharedProgress&) = delete;
  SharedProgress& operator=(const SharedProgress&) = delete;

  [[nodiscard]] explicit operator bool() const noexcept { return progress_ != nullptr; }
  [[nodiscard]] Progress* operator->() const noexcept { return progress_; }

 private:
  void* memory_;
  Progress* progress_ = nullptr;
};

/** It is the machine that has no room for it: nobody says anything of the libraries. */
void report_no_trial(int reason, Diagnostics& found) {
  found.add({.code = Code::PS0117,
             .summary = "the libraries are loaded without having been tried",
             .notes = {"the trial could not be set up on this machine: " + std::generic_category().message(reason)},
             .severity = Severity::warning});
}

void report_end(const fs::path& library, const ChildReport& child, std::chrono::nanoseconds limit, Diagnostics& found) {
  std::string did, is;
  switch (child.ending) {
    case Ending::exited:
      did = "ended the process while it was loaded";
      is = "an exit with status " + std::to_string(child.number);
      break;
    case Ending::timed_out:
      did = "was not loaded within " + seconds_text(limit);
      is = "not loaded after " + seconds_text(limit);
      break;
    default: did = "crashed while it was loaded"; is = signal_text(child.number);
  }
  Diagnostic fault{
      .code = Code::PS0117,
      .summary = "library `" + library.filename().string() + "` " + did,
      .place = {.file = library.string()},
      .comparisons = {{"", "loaded", std::move(is)}},
      .notes = {"it was tried in a process of its own, and none of it has run in this one"},
      .help = {"mend what runs while it is loaded: constructors of global and static objects, its own and those "
               "of the libraries that it needs"}};
  if (const std::string words = first_words(child.output); !words.empty())
    fault.notes.push_back("before that it wrote: " + words);
  found.add(std::move(fault));
}

}  // namespace

void try_loading(std::span<const fs::path> libraries, Diagnostics& found, std::chrono::nanoseconds limit) {
  const SharedProgress progress;
  if (!progress) return report_no_trial(errno, found);
  std::vector<fs::path> left(libraries.begin(), libraries.end());
  while (!left.empty()) {
    progress->loaded = 0;
    const ChildReport child = run_in_child(
        [&] {
          for (const fs::path& library : left) {
            progress->since = std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
            (void)::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
            ++progress->loaded;
          }
          return std::string();
        },
        {.time = limit, .since = &progress->since});
    if (child.ending == Ending::completed) return;
    if (child.ending == Ending::not_started) return report_no_trial(child.number, found);
    const std::size_t guilty = progress->loaded;
    if (guilty >= left.size()) return;  // all were loaded: what ended it then is no constructor
    report_end(left[guilty], child, limit, found);
    left.erase(left.begin() + static_cast<std::ptrdiff_t>(guilty));
  }
}

}  // namespace penstock::plugin
