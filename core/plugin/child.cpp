#include "plugin/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string_view>
#include <utility>
#include <vector>

#include "plugin/pipe.hpp"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define PENSTOCK_SANITIZED 1
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define PENSTOCK_SANITIZED 1
#endif

// Three processes. The host forks a warden, the warden forks the worker that runs the work. Only a process that is a
// "subreaper" inherits the orphans among its descendants and so can find all of them; were it the host, they would mix with
// children of its own.
namespace penstock::plugin {
namespace {

using Clock = std::chrono::steady_clock;

/** Put before a record: tells a whole one from bytes that somebody else wrote. Alone, with `errno` as its size, it says that
 *  the work was not begun. */
struct RecordHead {
  static constexpr std::uint64_t whole = 0x70656e73746f636b, no_work = 0x6b636f74736e6570;
  std::uint64_t magic = whole, size = 0;
};

/** What the warden tells the host, before the bytes of record and output. */
struct ReportHead {
  Ending ending = Ending::not_started;
  int number = 0;
  std::uint64_t record = 0, output = 0, written = 0;
  std::int64_t time_ns = 0;
};

int milliseconds_until(Clock::time_point deadline) {
  using std::chrono::milliseconds;
  const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now());
  return static_cast<int>(std::clamp(left, milliseconds(0), milliseconds(60'000)).count());
}

/** Moves on as the work goes on, never further than if it had gone on now. */
Clock::time_point end_of_time(const ChildLimits& limits, Clock::time_point begin) {
  if (limits.since == nullptr) return begin + limits.time;
  const Clock::time_point since(std::chrono::nanoseconds(limits.since->load()));
  return std::max(begin, std::min(since, Clock::now())) + limits.time;
}

// ---- the worker ----

/** Of 0 bytes a core could still be piped to a program; the kernel takes 1 as "not at all" for both kinds. */
void dump_no_core() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_CORE, &limit) != 0) return;
  limit.rlim_max = limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 1);
  ::setrlimit(RLIMIT_CORE, &limit);
}

void limit_memory([[maybe_unused]] std::uint64_t bytes) {
#ifndef PENSTOCK_SANITIZED
  const rlimit limit{.rlim_cur = bytes, .rlim_max = bytes};
  if (bytes > 0) ::setrlimit(RLIMIT_AS, &limit);
#endif
}

void write_record(int descriptor, const std::string& record) {
  const RecordHead head{.size = record.size()};
  write_all(descriptor, &head, sizeof head);
  write_all(descriptor, record.data(), record.size());
}

[[noreturn]] void be_worker(const std::function<std::string()>& work, const ChildLimits& limits, int output,
                            int record) noexcept {
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (nothing < 0 || ::dup2(nothing, STDIN_FILENO) < 0 || ::dup2(output, STDOUT_FILENO) < 0 ||
      ::dup2(output, STDERR_FILENO) < 0) {
    const RecordHead reason{RecordHead::no_work, static_cast<std::uint64_t>(errno)};
    write_all(record, &reason, sizeof reason);
    ::_exit(126);
  }
  if (nothing != STDIN_FILENO) ::close(nothing);
  ::close(output);
  // Handlers of the host or of a sanitizer would end the process with a status, and a crash would look like an exit.
  for (const int crash : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS}) ::signal(crash, SIG_DFL);
  dump_no_core();
  limit_memory(limits.memory);
  const pid_t self = ::getpid();
  const std::string word = work();
  if (::getpid() != self) ::_exit(0);  // the work forked, and this is the copy
  std::fflush(nullptr);
  write_record(record, word);
  ::_exit(0);
}

// ---- the warden ----

/** What the host does at a signal, such as asking its run to stop, is not for a signal that work sends to its parent. */
void forget_handlers() {
  for (int number = 1; number < NSIG; ++number) {
    struct sigaction action {};
    if (::sigaction(number, nullptr, &action) == 0 && action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN)
      ::signal(number, SIG_DFL);
  }
}

/** Its children, orphans that came to it included. Nothing: the system does not tell. */
std::vector<pid_t> children() {
  const std::string self = std::to_string(::getpid());
  std::ifstream list("/proc/" + self + "/task/" + self + "/children");
  std::vector<pid_t> found;
  for (pid_t child = 0; list >> child;) found.push_back(child);
  return found;
}

class Warden {
 public:
  Warden(const ChildLimits& limits, int host) : limits_(limits), host_(host) {}

  /** Returns when the worker and all that it started have ended. An exception must not get into the host's code, of which
   *  this process is a copy. */
  void run(const std::function<std::string()>& work) noexcept {
    ::setsid();  // Ctrl-C is for the host; what the host then does decides
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    const sigset_t before = watch_children();
    if (!output_.open() || !record_.open() || ended_.get() < 0 || !start(work, before)) {
      report_.number = errno;
      return tell();
    }
    const Clock::time_point begin = Clock::now();
    watch(begin);
    report_.time = Clock::now() - begin;
    end_all();
    drain();
    judge();
    tell();
  }

 private:
  /** SIGCHLD becomes readable; an ignored one would take the status of the worker away. */
  sigset_t watch_children() {
    ::signal(SIGCHLD, SIG_DFL);
    sigset_t child{}, before{};
    ::sigemptyset(&child);
    ::sigaddset(&child, SIGCHLD);
    ::sigprocmask(SIG_BLOCK, &child, &before);
    ended_ = Descriptor(::signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK));
    return before;
  }

  bool start(const std::function<std::string()>& work, const sigset_t& mask) {
    const pid_t warden = ::getpid();
    worker_ = ::fork();
    if (worker_ < 0) return false;
    if (worker_ == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      if (::getppid() != warden) ::_exit(126);
      ::setsid();
      output_.reader.close();
      record_.reader.close();
      ended_.close();
      ::close(host_);
      ::sigprocmask(SIG_SETMASK, &mask, nullptr);
      be_worker(work, limits_, output_.writer.get(), record_.writer.get());
    }
    output_.writer.close();
    record_.writer.close();
    for (const int reader : {output_.reader.get(), record_.reader.get()}) ::fcntl(reader, F_SETFL, O_NONBLOCK);
    return true;
  }

  void watch(Clock::time_point begin) {
    std::array<pollfd, 4> watched = {{{output_.reader.get(), POLLIN, 0},
                                      {record_.reader.get(), POLLIN, 0},
                                      {ended_.get(), POLLIN, 0},
                                      {host_, 0, 0}}};
    while (!has_ended()) {
      const Clock::time_point deadline = end_of_time(limits_, begin);
      if (Clock::now() >= deadline) {
        report_.ending = Ending::timed_out;
        return;
      }
      if (::poll(watched.data(), watched.size(), milliseconds_until(deadline)) <= 0) continue;
      if (watched[0].revents != 0 && !read_output()) watched[0].fd = -1;
      if (watched[1].revents != 0 && !read_record()) watched[1].fd = -1;
      if (watched[2].revents != 0) read_some(ended_.get(), [](std::string_view) {});
      if (watched[3].revents != 0) {  // the host is gone
        end_all();
        ::_exit(0);
      }
    }
  }

  /** Leaves the worker as a zombie, so that nobody else gets its number before its group is killed. Orphans that ended are
   *  buried. */
  [[nodiscard]] bool has_ended() const {
    for (;;) {
      siginfo_t ended{};
      if (::waitid(P_ALL, 0, &ended, WEXITED | WNOHANG | WNOWAIT) != 0 || ended.si_pid == 0) break;
      if (ended.si_pid == worker_) return true;
      ::waitpid(ended.si_pid, nullptr, 0);
    }
    return false;
  }

  /** Kills the group, and what left it. Who is killed hands its children to us, so this goes on until there are none. */
  void end_all() {
    ::kill(-worker_, SIGKILL);
    ::kill(worker_, SIGKILL);
    while (::waitpid(worker_, &status_, 0) < 0 && errno == EINTR) {
    }
    for (std::vector<pid_t> left = children(); !left.empty(); left = children()) {
      for (const pid_t child : left) ::kill(child, SIGKILL);
      for (const pid_t child : left) ::waitpid(child, nullptr, 0);
    }
  }

  bool read_output() {
    return read_some(output_.reader.get(), [&](std::string_view bytes) {
      report_.written += bytes.size();
      report_.output += bytes.substr(0, limits_.output - std::min(limits_.output, report_.output.size()));
    });
  }

  bool read_record() {
    return read_some(record_.reader.get(), [&](std::string_view bytes) {
      if (raw_record_.size() <= sizeof(RecordHead) + limits_.record) raw_record_ += bytes;
    });
  }

  /** Everybody who could write is dead: what the pipes hold is all there is. */
  void drain() {
    const auto is_left = [](int reader) {
      pollfd one{reader, POLLIN, 0};
      return ::poll(&one, 1, 0) > 0;
    };
    while (is_left(output_.reader.get()) && read_output()) {
    }
    while (is_left(record_.reader.get()) && read_record()) {
    }
  }

  void judge() {
    if (report_.ending == Ending::timed_out) return;
    if (WIFSIGNALED(status_)) {
      report_.ending = Ending::killed;
      report_.number = WTERMSIG(status_);
      return;
    }
    report_.ending = Ending::exited;
    report_.number = WEXITSTATUS(status_);
    RecordHead head;
    if (raw_record_.size() < sizeof head) return;
    std::memcpy(&head, raw_record_.data(), sizeof head);
    if (head.magic == RecordHead::no_work) {
      report_.ending = Ending::not_started;
      report_.number = static_cast<int>(head.size);
    } else if (report_.number == 0 && head.magic == RecordHead::whole && head.size > limits_.record) {
      report_.ending = Ending::overlong;
    } else if (report_.number == 0 && head.magic == RecordHead::whole &&
               head.size == raw_record_.size() - sizeof head) {
      report_.ending = Ending::completed;
      report_.record = raw_record_.substr(sizeof head);
    }
  }

  void tell() const {
    const ReportHead head{report_.ending,        report_.number,  report_.record.size(),
                          report_.output.size(), report_.written, report_.time.count()};
    write_all(host_, &head, sizeof head);
    write_all(host_, report_.record.data(), report_.record.size());
    write_all(host_, report_.output.data(), report_.output.size());
  }

  const ChildLimits& limits_;
  int host_;
  Pipe output_, record_;
  Descriptor ended_;
  pid_t worker_ = -1;
  int status_ = 0;
  std::string raw_record_;
  ChildReport report_;
};

// ---- the host ----

/** The warden's words, or fewer when it was killed or stopped: work that turns against it is not waited for. */
std::string listen(int warden, const ChildLimits& limits) {
  constexpr auto grace = std::chrono::seconds(5);
  const Clock::time_point begin = Clock::now();
  const auto deadline = [&] { return end_of_time(limits, begin) + grace; };
  std::string words;
  for (pollfd one{warden, POLLIN, 0}; Clock::now() < deadline();) {
    if (::poll(&one, 1, milliseconds_until(deadline())) <= 0) continue;
    if (!read_some(warden, [&](std::string_view bytes) { words += bytes; })) break;
  }
  return words;
}

ChildReport read_report(std::string_view words) {
  ReportHead head;
  if (words.size() < sizeof head) return {.ending = Ending::killed, .number = SIGKILL};
  std::memcpy(&head, words.data(), sizeof head);
  words.remove_prefix(sizeof head);
  if (words.size() != head.record + head.output) return {.ending = Ending::killed, .number = SIGKILL};
  return {.ending = head.ending,
          .number = head.number,
          .record = std::string(words.substr(0, head.record)),
          .output = std::string(words.substr(head.record)),
          .written = head.written,
          .time = std::chrono::nanoseconds(head.time_ns)};
}

}  // namespace

ChildReport run_in_child(const std::function<std::string()>& work, const ChildLimits& limits) {
  std::fflush(nullptr);  // what the host has not written yet is not the child's to write again
  Pipe words;
  if (!words.open()) return {.number = errno};
  sigset_t all{}, before{};  // so that no handler of the host runs in its warden
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  const pid_t warden = ::fork();
  if (warden == 0) {
    forget_handlers();
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    words.reader.close();
    Warden(limits, words.writer.get()).run(work);
    ::_exit(0);
  }
  const int failure = errno;
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (warden < 0) return {.number = failure};
  words.writer.close();
  ChildReport report = read_report(listen(words.reader.get(), limits));
  ::kill(warden, SIGKILL);
  while (::waitpid(warden, nullptr, 0) < 0 && errno == EINTR) {
  }
  return report;
}

}  // namespace penstock::plugin
