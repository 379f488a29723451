#include "plugin/trial.hpp"

#include <dlfcn.h>
#include <sys/mman.h>

#include <atomic>
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

/** Memory that the child shares: how far it came, whatever became of it. */
class Progress {
  using Counter = std::atomic<std::size_t>;
  static_assert(Counter::is_always_lock_free);

 public:
  Progress() : memory_(::mmap(nullptr, sizeof(Counter), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
    if (memory_ != MAP_FAILED) count_ = new (memory_) Counter(0);
  }
  ~Progress() {
    if (memory_ != MAP_FAILED) ::munmap(memory_, sizeof(Counter));
  }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  [[nodiscard]] explicit operator bool() const noexcept { return count_ != nullptr; }
  [[nodiscard]] Counter& operator*() const noexcept { return *count_; }

 private:
  void* memory_;
  Counter* count_ = nullptr;
};

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
  const Progress loaded;
  std::vector<fs::path> left(libraries.begin(), libraries.end());
  while (!left.empty() && loaded) {
    *loaded = 0;
    const ChildReport child = run_in_child(
        [&] {
          for (const fs::path& library : left) {
            (void)::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
            ++*loaded;
          }
          return std::string();
        },
        {.time = limit});
    if (child.ending == Ending::completed) return;
    if (child.ending == Ending::not_started) {
      found.add({.code = Code::PS0117,
                 .summary = "the libraries are loaded without having been tried",
                 .notes = {"the system gives no process: " + std::generic_category().message(child.number)},
                 .severity = Severity::warning});
      return;
    }
    const std::size_t guilty = *loaded;
    if (guilty >= left.size()) return;  // all were loaded: what ended it then is no constructor
    report_end(left[guilty], child, limit, found);
    left.erase(left.begin() + static_cast<std::ptrdiff_t>(guilty));
  }
}

}  // namespace penstock::plugin
