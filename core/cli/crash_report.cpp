#include "cli/crash_report.hpp"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cstring>
#include <initializer_list>
#include <string_view>

#include "diagnostic/utf8.hpp"
#include "plugin/current_call.hpp"

namespace penstock::cli {
namespace {

volatile std::sig_atomic_t has_change_log = 0, as_json = 0, status_at_end = 0;

constexpr std::string_view end_of_json = R"(","place":null,"comparisons":[],"notes":[],"help":[]})";

/** A line of bounded length, made without the heap and without the locale: what a signal handler may do. */
class Line {
 public:
  Line& operator<<(std::string_view text) noexcept {
    while (!text.empty()) {
      const diagnostic::Decoded next = diagnostic::decode_utf8(text);
      const bool is_control = next.code_point < 0x20 || (next.code_point >= 0x7F && next.code_point <= 0x9F);
      put(!next.valid ? "\xEF\xBF\xBD" : is_control ? "?" : text.substr(0, next.length));
      text.remove_prefix(next.length);
    }
    return *this;
  }
  Line& operator<<(std::uint64_t number) noexcept {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.begin(), digits.end(), number).ptr;
    return *this << std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data()));
  }
  void begin(std::string_view severity) noexcept {
    const std::string_view code = diagnostic::name(diagnostic::Code::PS0509);
    if (as_json == 0) return syntax({severity, "[", code, "]: "});
    syntax({R"({"code":")", code, R"(","severity":")", severity, R"(","summary":")"});
  }
  void end() noexcept {
    syntax({as_json != 0 ? end_of_json : "", "\n"});
    write();
  }

 private:
  void syntax(std::initializer_list<std::string_view> texts) noexcept {
    for (const std::string_view text : texts) append(text);
  }
  void write() noexcept { [[maybe_unused]] const auto written = ::write(STDERR_FILENO, bytes_.data(), size_); }
  /** A character, as a whole or not at all, and never in the place of the end. */
  void put(std::string_view character) noexcept {
    const bool is_escaped = as_json != 0 && (character == "\"" || character == "\\");
    const std::size_t size = character.size() + (is_escaped ? 1 : 0);
    if (size_ + size + end_of_json.size() + 1 > bytes_.size()) return;
    if (is_escaped) append("\\");
    append(character);
  }
  void append(std::string_view text) noexcept { size_ += text.copy(bytes_.data() + size_, bytes_.size() - size_); }

  std::array<char, 16'000> bytes_{};  // a path has at most 4096 bytes, each of which may become three
  std::size_t size_ = 0;
};

void name_call(Line& line, const plugin::CurrentCall& call) {
  if (call.node().empty())
    line << "an instance of ";
  else
    line << "node `" << call.node() << "` (";
  line << "type `" << call.type().manifest.name << "` of " << call.type().library.native();
  line << (call.node().empty() ? "" : ")") << " crashed in `" << call.method() << "`";
  if (call.batch() > 0) line << (plugin::is_given_batch(call.method()) ? ", batch " : ", after batch ") << call.batch();
}

void name_signal(Line& line, int signal) {
  const char* const what = ::sigdescr_np(signal);
  line << ": " << (what == nullptr ? "signal" : what) << " (signal " << static_cast<std::uint64_t>(signal) << ")";
  if (signal == SIGILL) line << "; the library may be built for another processor";
}

std::atomic<pid_t> host = 0;      // the process that reports
std::atomic<pid_t> reporter = 0;  // its first thread that crashed
static_assert(std::atomic<pid_t>::is_always_lock_free);

/** Whether this thread is to speak. A child that a plugin forked ends by its signal, as whoever waits for it expects; of
 *  threads that crash together the first speaks and ends the process, and one that crashes while it speaks ends it at once. */
bool is_to_report(int signal) {
  if (::getpid() != host) {
    ::signal(signal, SIG_DFL);
    ::raise(signal);
    return false;
  }
  pid_t first = 0;
  const pid_t self = ::gettid();
  if (reporter.compare_exchange_strong(first, self)) return true;
  if (first == self) ::_exit(static_cast<int>(Status::failed));
  for (;;) ::pause();
}

extern "C" void report_crash(int signal) {
  if (!is_to_report(signal)) return;
  Line line;
  line.begin("error");
  if (const auto* const call = plugin::CurrentCall::of_this_thread())
    name_call(line, *call);
  else
    line << "crashed outside of any call into a plugin, perhaps in a thread that one started";
  name_signal(line, signal);
  if (has_change_log != 0) line << "; the next run recovers the change log";
  line.end();
  ::_exit(static_cast<int>(Status::failed));
}

extern "C" void report_crash_at_end(int signal) {
  if (!is_to_report(signal)) return;
  Line line;
  line.begin("warning");
  if (signal == SIGALRM) {
    line << "a library did not let the process end, and was given " << std::uint64_t{seconds_to_end} << " s";
  } else {
    line << "a library crashed when the process ended";
    name_signal(line, signal);
  }
  line << "; the work was done by then: look at the destructors of its static objects, and at threads that it left";
  line.end();
  ::_exit(status_at_end);
}

struct sigaction action_of(void (*handler)(int), int flags) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigemptyset(&action.sa_mask);
  return action;
}

}  // namespace

CrashReport::CrashReport(log::Format format, bool recoverable) {
  host = ::getpid();
  as_json = format == log::Format::json ? 1 : 0;
  has_change_log = recoverable ? 1 : 0;
  const struct sigaction action = action_of(report_crash, SA_ONSTACK);
  for (std::size_t i = 0; i < signals.size(); ++i) sigaction(signals[i], &action, &before_[i]);
}

CrashReport::~CrashReport() {
  for (std::size_t i = 0; i < signals.size(); ++i) sigaction(signals[i], &before_[i], nullptr);
}

void guard_end(Status status) {
  host = ::getpid();
  status_at_end = static_cast<int>(status);
  const struct sigaction action = action_of(report_crash_at_end, 0);
  for (const int signal : CrashReport::signals) sigaction(signal, &action, nullptr);
  sigaction(SIGALRM, &action, nullptr);
  ::alarm(seconds_to_end);
}

}  // namespace penstock::cli
