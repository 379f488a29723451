#include "plugin/process_state.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <string_view>
#include <system_error>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace penstock::plugin {
namespace {

namespace fs = std::filesystem;
using diagnostic::Comparison;
using Comparisons = std::vector<Comparison>;

// ---- reading ----

std::map<int, Disposition> dispositions() {
  std::map<int, Disposition> found;
  for (int number = 1; number < NSIG; ++number) {
    struct sigaction action {};
    if (::sigaction(number, nullptr, &action) != 0) continue;  // some belong to the C library
    found[number] = {reinterpret_cast<std::uintptr_t>(action.sa_handler), action.sa_flags};
  }
  return found;
}

std::vector<int> blocked_signals() {
  sigset_t set{};
  ::pthread_sigmask(SIG_BLOCK, nullptr, &set);
  std::vector<int> found;
  for (int number = 1; number < NSIG; ++number)
    if (::sigismember(&set, number) == 1) found.push_back(number);
  return found;
}

std::map<int, std::string> open_descriptors() {
  std::map<int, std::string> found;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator("/proc/self/fd", failed))
    found[std::atoi(entry.path().filename().c_str())] = fs::read_symlink(entry.path(), failed).string();
  // The directory was itself open while it was read.
  std::erase_if(found, [](const auto& one) { return one.second.ends_with("/fd") && ::fcntl(one.first, F_GETFD) < 0; });
  return found;
}

std::size_t thread_count() {
  std::error_code failed;
  const fs::directory_iterator tasks("/proc/self/task", failed);
  return static_cast<std::size_t>(std::distance(begin(tasks), end(tasks)));
}

bool has_children() {
  siginfo_t ended{};
  return ::waitid(P_ALL, 0, &ended, WEXITED | WNOHANG | WNOWAIT) == 0;
}

std::string limit_text(rlim_t limit) { return limit == RLIM_INFINITY ? "unlimited" : std::to_string(limit); }

std::map<std::string, std::string> resource_limits() {
  constexpr std::array known = {std::pair{"RLIMIT_AS", RLIMIT_AS},         std::pair{"RLIMIT_CORE", RLIMIT_CORE},
                                std::pair{"RLIMIT_CPU", RLIMIT_CPU},       std::pair{"RLIMIT_DATA", RLIMIT_DATA},
                                std::pair{"RLIMIT_FSIZE", RLIMIT_FSIZE},   std::pair{"RLIMIT_MEMLOCK", RLIMIT_MEMLOCK},
                                std::pair{"RLIMIT_NOFILE", RLIMIT_NOFILE}, std::pair{"RLIMIT_NPROC", RLIMIT_NPROC},
                                std::pair{"RLIMIT_STACK", RLIMIT_STACK}};
  std::map<std::string, std::string> found;
  for (const auto& [name, resource] : known)
    if (rlimit limit{}; ::getrlimit(resource, &limit) == 0)
      found[name] = limit_text(limit.rlim_cur) + ", at most " + limit_text(limit.rlim_max);
  return found;
}

bool has_timer() {
  return std::ranges::any_of(std::array{ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF}, [](auto clock) {
    itimerval timer{};
    return ::getitimer(clock, &timer) == 0 && (timer.it_value.tv_sec != 0 || timer.it_value.tv_usec != 0);
  });
}

unsigned current_umask() {
  const mode_t mask = ::umask(077);
  ::umask(mask);
  return mask;
}

// ---- telling ----

std::string number_text(const char* format, unsigned number) {
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), format, number);
  return text.data();
}

std::string signal_name(int number) {
  const char* const name = ::sigabbrev_np(number);
  return name != nullptr ? std::string("SIG") + name : "signal " + std::to_string(number);
}

std::string text_of(const Disposition& disposition) {
  if (disposition.handler == reinterpret_cast<std::uintptr_t>(SIG_DFL)) return "the default action";
  if (disposition.handler == reinterpret_cast<std::uintptr_t>(SIG_IGN)) return "ignored";
  return "a handler";
}

void compare(Comparisons& found, const char* subject, const std::string& before, const std::string& after,
             std::string remark = {}) {
  if (before != after) found.push_back({subject, before, after, std::move(remark)});
}

void compare_floating_point(Comparisons& found, const FloatingPoint& before, const FloatingPoint& after) {
#if defined(__aarch64__)
  constexpr unsigned flush = 1U << 24U;
#else
  constexpr unsigned flush = 0x8040;
#endif
  const bool flushes = (after.control & ~before.control & flush) != 0;
  compare(found, "floating-point control", number_text("0x%04x", before.control), number_text("0x%04x", after.control),
          flushes ? "the smallest numbers become 0" : "");
  compare(found, "x87 control word", number_text("0x%04x", before.x87), number_text("0x%04x", after.x87));
}

void compare_signals(Comparisons& found, const ProcessState& before, const ProcessState& after) {
  for (const auto& [number, disposition] : after.signals) {
    const auto was = before.signals.find(number);
    if (was == before.signals.end() || was->second == disposition) continue;
    const std::string one = text_of(was->second), other = text_of(disposition);
    found.push_back({signal_name(number), one, one == other ? "another handler" : other});
  }
  std::vector<int> changed;
  std::ranges::set_symmetric_difference(before.blocked, after.blocked, std::back_inserter(changed));
  for (const int number : changed) {
    const bool was_blocked = std::ranges::binary_search(before.blocked, number);
    found.push_back(
        {signal_name(number), was_blocked ? "blocked" : "not blocked", was_blocked ? "not blocked" : "blocked"});
  }
}

/** Tells what came, went or changed of two maps. */
template <typename Map, typename Tell>
void compare_entries(const Map& before, const Map& after, Tell tell) {
  const typename Map::mapped_type* const nothing = nullptr;
  for (const auto& [key, value] : after) {
    const auto was = before.find(key);
    if (was == before.end() || was->second != value) tell(key, was == before.end() ? nothing : &was->second, &value);
  }
  for (const auto& [key, value] : before)
    if (!after.contains(key)) tell(key, &value, nothing);
}

}  // namespace

#if defined(__x86_64__)
FloatingPoint floating_point() noexcept {
  constexpr std::uint32_t flags = 0x3f;
  FloatingPoint state{.control = _mm_getcsr() & ~flags};
  __asm__ volatile("fnstcw %0" : "=m"(state.x87));
  return state;
}

void set_floating_point(const FloatingPoint& state) noexcept {
  _mm_setcsr(state.control);
  __asm__ volatile("fldcw %0" : : "m"(state.x87));
}
#elif defined(__aarch64__)
FloatingPoint floating_point() noexcept {
  std::uint64_t control = 0;
  __asm__ volatile("mrs %0, fpcr" : "=r"(control));
  return {.control = static_cast<std::uint32_t>(control)};
}

void set_floating_point(const FloatingPoint& state) noexcept {
  __asm__ volatile("msr fpcr, %0" : : "r"(std::uint64_t{state.control}));
}
#else
FloatingPoint floating_point() noexcept { return {}; }
void set_floating_point(const FloatingPoint&) noexcept {}
#endif

Environment process_environment() {
  Environment environment;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    const std::size_t equals = text.find('=');
    if (equals != std::string_view::npos) environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return environment;
}

ProcessState process_state() {
  std::error_code failed;
  const char* const locale = std::setlocale(LC_ALL, nullptr);
  return {.floating_point = floating_point(),
          .locale = locale == nullptr ? "" : locale,
          .directory = fs::current_path(failed).string(),
          .umask = current_umask(),
          .signals = dispositions(),
          .blocked = blocked_signals(),
          .descriptors = open_descriptors(),
          .environment = process_environment(),
          .limits = resource_limits(),
          .user = std::to_string(::geteuid()) + ", group " + std::to_string(::getegid()),
          .has_timer = has_timer(),
          .threads = thread_count(),
          .has_children = has_children()};
}

std::vector<Comparison> changes(const ProcessState& before, const ProcessState& after) {
  Comparisons found;
  compare_floating_point(found, before.floating_point, after.floating_point);
  compare(found, "locale", before.locale, after.locale);
  compare(found, "directory", before.directory, after.directory);
  compare(found, "umask", number_text("%04o", before.umask), number_text("%04o", after.umask));
  compare_signals(found, before, after);
  const bool knows_descriptors = !before.descriptors.empty() && !after.descriptors.empty();
  if (knows_descriptors)
    compare_entries(before.descriptors, after.descriptors, [&](int number, const auto* was, const auto* is) {
      const auto text = [](const std::string* target) {
        return target == nullptr ? "closed" : "open on `" + *target + '`';
      };
      found.push_back({"descriptor " + std::to_string(number), text(was), text(is)});
    });
  compare_entries(before.environment, after.environment, [&](const std::string& name, const auto* was, const auto* is) {
    found.push_back({'`' + name + '`', was == nullptr ? "not set" : "set as before",
                     is == nullptr    ? "not set"
                     : was == nullptr ? "set"
                                      : "set to another value"});
  });
  compare_entries(before.limits, after.limits, [&](const std::string& name, const auto* was, const auto* is) {
    found.push_back({name, was == nullptr ? "" : *was, is == nullptr ? "" : *is});
  });
  compare(found, "user", before.user, after.user);
  const auto some = [](bool any) { return any ? "one or more" : "none"; };
  compare(found, "child processes", some(before.has_children), some(after.has_children));
  compare(found, "timers", some(before.has_timer), some(after.has_timer));
  const bool knows_threads = before.threads != 0 && after.threads != 0;
  if (knows_threads) compare(found, "threads", std::to_string(before.threads), std::to_string(after.threads));
  return found;
}

}  // namespace penstock::plugin
