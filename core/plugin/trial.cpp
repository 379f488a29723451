#include "plugin/trial.hpp"

#include <dlfcn.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <new>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "diagnostic/suggest.hpp"
#include "plugin/child.hpp"
#include "plugin/child_words.hpp"
#include "plugin/process_state.hpp"
#include "plugin/sanitizer.hpp"

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

std::string exit_text(int status) { return "an exit with status " + std::to_string(status); }

std::string named(const fs::path& library) { return "library `" + library.filename().string() + '`'; }

/** What came of loading some libraries, one after the other, in a child. */
struct Attempt {
  ChildReport child;
  std::size_t loaded = 0;  ///< libraries; the next one was being loaded when the child ended

  [[nodiscard]] bool is_harmless(std::size_t libraries) const noexcept {
    return child.ending == Ending::completed && loaded == libraries;
  }
};

class Trial {
 public:
  Trial(std::chrono::nanoseconds limit, Diagnostics& found) : limit_(limit), found_(found) {}

  void run(std::vector<fs::path> libraries) const {
    while (!libraries.empty()) {
      const Attempt together = attempt(libraries);
      if (together.is_harmless(libraries.size())) return report_output(libraries, together);
      if (together.child.ending == Ending::not_started) return report_no_trial(together.child.number, found_);
      const auto guilty = blame(libraries, together);
      if (!guilty) return;
      libraries.erase(libraries.begin() + static_cast<std::ptrdiff_t>(*guilty));
    }
  }

 private:
  /** @param stays  when all are loaded, so that threads and timers of theirs have time to end it; if they started threads, it
   *                always does */
  [[nodiscard]] Attempt attempt(std::span<const fs::path> libraries, bool stays = false) const {
    constexpr auto stay = std::chrono::milliseconds(50);
    const SharedProgress progress;
    if (!progress) return {.child = {.number = errno}};
    ChildReport child = run_in_child(
        [&] {
          for (const fs::path& library : libraries) {
            progress->since = std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
            (void)::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
            ++progress->loaded;
          }
          if (stays || process_state().threads > 1) std::this_thread::sleep_for(stay);
          return std::string();
        },
        {.time = limit_, .since = &progress->since});
    return {.child = std::move(child), .loaded = progress->loaded};
  }

  /** Says who ended the child. That is not always the one that was being loaded: another may have left a thread, a timer or
   *  a process without its guard behind. So each is tried alone, the last one first. Nothing: it needed several of them. */
  [[nodiscard]] std::optional<std::size_t> blame(const std::vector<fs::path>& libraries,
                                                 const Attempt& together) const {
    const std::size_t last = std::min(together.loaded, libraries.size() - 1);
    if (last == 0) {
      report_end(libraries.front(), together.child);
      return 0;
    }
    for (std::size_t one = last + 1; one-- > 0;) {
      const Attempt alone = attempt(std::span(libraries).subspan(one, 1), true);
      if (alone.is_harmless(1) || alone.child.ending == Ending::not_started) continue;
      report_end(libraries[one], alone.child);
      return one;
    }
    report_end_of_several(std::span(libraries).first(last + 1), together.child);
    return std::nullopt;
  }

  [[nodiscard]] std::string end_text(const ChildReport& child) const {
    switch (child.ending) {
      case Ending::killed: return signal_text(child.number);
      case Ending::timed_out: return "not loaded after " + seconds_text(limit_);
      default: return exit_text(child.number);
    }
  }

  [[nodiscard]] std::string deed(const ChildReport& child) const {
    constexpr std::array crashes = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS};
    if (child.ending == Ending::timed_out) return "was not loaded within " + seconds_text(limit_);
    const bool is_crash = child.ending == Ending::killed && std::ranges::count(crashes, child.number) > 0;
    return is_crash ? "crashed while it was loaded" : "ended the process while it was loaded";
  }

  void report(Diagnostic fault, const ChildReport& child) const {
    if (const std::string words = first_words(child.output); !words.empty())
      fault.notes.push_back("before that it wrote: " + words);
    found_.add(std::move(fault));
  }

  void report_end(const fs::path& library, const ChildReport& child) const {
    std::string help = advise_on_sanitizer(library, child.output);
    if (help.empty())
      help =
          "mend what runs while it is loaded: constructors of global and static objects, its own and those of the "
          "libraries that it needs";
    report({.code = Code::PS0117,
            .summary = named(library) + ' ' + deed(child),
            .place = {.file = library.string()},
            .comparisons = {{"", "loaded", end_text(child)}},
            .notes = {"it was tried in a process of its own, and none of it has run in this one"},
            .help = {std::move(help)}},
           child);
  }

  void report_end_of_several(std::span<const fs::path> libraries, const ChildReport& child) const {
    std::vector<std::string> names;
    for (const fs::path& library : libraries) names.push_back(library.filename().string());
    report({.code = Code::PS0117,
            .summary = "libraries " + diagnostic::list_of(names, 4) + " cannot be loaded into one process",
            .place = {.file = libraries.back().string()},
            .comparisons = {{"", "loaded one after the other", end_text(child)}},
            .notes = {"each is loaded without harm when it is alone; none of them has run in this process"},
            .help = {"use them in pipelines of their own, or mend what they do to the process while they are loaded"}},
           child);
  }

  /** Of several, who wrote it is found by trying each alone: few libraries write anything. */
  void report_output(std::span<const fs::path> libraries, const Attempt& together) const {
    if (together.child.output.empty()) return;
    for (const fs::path& library : libraries) {
      const std::string output =
          libraries.size() == 1 ? together.child.output : attempt(std::span(&library, 1)).child.output;
      if (output.empty()) continue;
      found_.add({.code = Code::PS0118,
                  .summary = named(library) + " wrote to standard output or standard error while it was loaded",
                  .place = {.file = library.string()},
                  .notes = {"it wrote: " + first_words(output),
                            "until it is loaded, all that it writes goes to standard error, which is the host's"},
                  .help = {"write nothing there; what people are to know goes to the log of the host, from `open` on"},
                  .severity = Severity::warning});
    }
  }

  std::chrono::nanoseconds limit_;
  Diagnostics& found_;
};

}  // namespace

void try_loading(std::span<const fs::path> libraries, Diagnostics& found, std::chrono::nanoseconds limit) {
  Trial(limit, found).run({libraries.begin(), libraries.end()});
}

}  // namespace penstock::plugin
