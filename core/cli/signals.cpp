#include "cli/signals.hpp"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <string_view>

namespace penstock::cli {
namespace {

std::atomic<execution::Stop*> asked{nullptr};
static_assert(std::atomic<execution::Stop*>::is_always_lock_free, "a signal handler must not take a lock");

#define PENSTOCK_LAST_WORDS \
  "ended by a third signal, while a plugin or the disk was busy; the next run recovers the change log"
constexpr std::string_view text_last_words = "penstock: " PENSTOCK_LAST_WORDS "\n";
constexpr std::string_view json_last_words =
    R"({"time":null,"level":"error","node":null,"message":")" PENSTOCK_LAST_WORDS "\"}\n";
std::atomic<log::Format> format_of_run = log::Format::text;

extern "C" void ask_to_stop(int signal) {
  const int error = errno;
  execution::Stop* const stop = asked.load();
  if (stop != nullptr && stop->level() == 2) {
    const std::string_view last_words = format_of_run == log::Format::json ? json_last_words : text_last_words;
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, last_words.data(), last_words.size());
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  } else if (stop != nullptr) {
    stop->request();
  }
  errno = error;
}

void take(int signal, struct sigaction& before) {
  struct sigaction action {};
  action.sa_handler = ask_to_stop;
  action.sa_flags = SA_RESTART;  // a plugin's read() need not know about our signals
  sigemptyset(&action.sa_mask);
  sigaction(signal, nullptr, &before);
  if (before.sa_handler != SIG_IGN) sigaction(signal, &action, nullptr);
}

}  // namespace

StopOnSignals::StopOnSignals(execution::Stop& stop, log::Format format) {
  format_of_run = format;
  asked = &stop;
  take(SIGINT, interrupt_);
  take(SIGTERM, terminate_);
}

StopOnSignals::~StopOnSignals() {
  sigaction(SIGINT, &interrupt_, nullptr);
  sigaction(SIGTERM, &terminate_, nullptr);
  asked = nullptr;
}

}  // namespace penstock::cli
