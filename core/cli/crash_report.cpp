#include "cli/crash_report.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string_view>

#include "cli/status.hpp"
#include "plugin/current_call.hpp"

namespace penstock::cli {
namespace {

volatile std::sig_atomic_t has_change_log = 0, as_json = 0;

/** A line of bounded length, made without the heap and without the locale: what a signal handler may do. */
class Line {
 public:
  Line& operator<<(std::string_view text) noexcept {
    for (const char c : text) {
      if (as_json != 0 && (c == '"' || c == '\\')) put('\\');
      put(static_cast<unsigned char>(c) < ' ' ? '?' : c);
    }
    return *this;
  }
  Line& operator<<(std::uint64_t number) noexcept {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.begin(), digits.end(), number).ptr;
    return *this << std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data()));
  }
  void syntax(std::string_view text) noexcept {
    for (const char c : text) put(c);
  }
  void write() noexcept { [[maybe_unused]] const auto written = ::write(STDERR_FILENO, bytes_.data(), size_); }

 private:
  void put(char c) noexcept {
    if (size_ < bytes_.size()) bytes_[size_++] = c;
  }

  std::array<char, 10'000> bytes_{};  // a path has at most 4096 bytes
  std::size_t size_ = 0;
};

void name_call(Line& line, const plugin::CurrentCall& call) {
  if (call.node().empty())
    line << "an instance of ";
  else
    line << "node `" << call.node() << "` (";
  line << "type `" << call.type().manifest.name << "` of " << call.type().library.native();
  line << (call.node().empty() ? "" : ")") << " crashed in `" << call.method() << "`";
  if (call.batch() > 0) line << ", batch " << call.batch();
}

extern "C" void report_crash(int signal) {
  const std::string_view code = diagnostic::name(diagnostic::Code::PS0509);
  Line line;
  line.syntax(as_json != 0 ? R"({"code":")" : "error[");
  line << code;
  line.syntax(as_json != 0 ? R"(","severity":"error","summary":")" : "]: ");
  if (const auto* const call = plugin::CurrentCall::of_this_thread())
    name_call(line, *call);
  else
    line << "crashed outside of any call into a plugin, perhaps in a thread that one started";
  const char* const what = ::sigdescr_np(signal);
  line << ": " << (what == nullptr ? "signal" : what) << " (signal " << static_cast<std::uint64_t>(signal) << ")";
  if (has_change_log != 0) line << "; the next run recovers the change log";
  line.syntax(as_json != 0 ? R"(","place":null,"comparisons":[],"notes":[],"help":[]})"
                             "\n"
                           : "\n");
  line.write();
  ::_exit(static_cast<int>(Status::failed));
}

}  // namespace

CrashReport::CrashReport(log::Format format, bool recoverable) {
  as_json = format == log::Format::json ? 1 : 0;
  has_change_log = recoverable ? 1 : 0;
  struct sigaction action {};
  action.sa_handler = report_crash;
  action.sa_flags = SA_ONSTACK | static_cast<int>(SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < signals.size(); ++i) sigaction(signals[i], &action, &before_[i]);
}

CrashReport::~CrashReport() {
  for (std::size_t i = 0; i < signals.size(); ++i) sigaction(signals[i], &before_[i], nullptr);
}

}  // namespace penstock::cli
