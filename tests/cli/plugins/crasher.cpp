// Crashes, or ends the process, in the way and in the method that its parameters name.
#include <penstock/sdk.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <string_view>
#include <thread>
#include <vector>

namespace {

/** Uses the stack up in few and large frames: ThreadSanitizer keeps a stack of its own, of 65,536 calls. */
int depth(int so_far) {
  volatile char room[4096];
  for (volatile char& byte : room) byte = static_cast<char>(so_far);
  return so_far < 0 ? 0 : depth(so_far + 1) + room[0];
}

template <class End>
void together(End end) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) threads.emplace_back(end);
  for (std::thread& thread : threads) thread.join();
}

void crash(std::string_view way) {
  volatile int* volatile nowhere = nullptr;
  if (way == "access") *nowhere = 1;
  if (way == "overflow") std::_Exit(depth(1));
  if (way == "abort") std::abort();
  if (way == "arithmetic") std::raise(SIGFPE);
  if (way == "instruction") std::raise(SIGILL);
  if (way == "exit") std::exit(0);
  if (way == "quick_exit") std::quick_exit(0);
  if (way == "together") together([] { std::abort(); });
  if (way == "exit together") together([] { std::exit(0); });
  if (way == "child") {
    const pid_t child = ::fork();
    if (child == 0) std::abort();
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!WIFSIGNALED(status)) std::abort();
  }
  if (way == "thread") std::thread([] { std::abort(); }).join();
}

class Crasher {
  PENSTOCK_PARAM(std::string, way, "access", "how",
                 one_of("access", "overflow", "abort", "arithmetic", "instruction", "exit", "quick_exit", "thread",
                        "together", "exit together", "child"));
  PENSTOCK_PARAM(std::string, in, "process", "where",
                 one_of("configure", "open", "process", "flush", "close", "destroy"));
  PENSTOCK_PARAM(std::uint64_t, batch, 1, "which");
  PENSTOCK_METRIC(std::uint64_t, seen, "batches");
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
  ~Crasher() { crash_in("destroy"); }
  void configure() { crash_in("configure"); }
  void open() { crash_in("open"); }
  void process(const penstock::Batch<Reading>&) {
    ++seen;
    if (seen == batch) crash_in("process");
  }
  void flush() { crash_in("flush"); }
  void close() { crash_in("close"); }

 private:
  void crash_in(std::string_view method) {
    if (*in == method) crash(*way);
  }
};

}  // namespace

PENSTOCK_EXPORT(Stage, Crasher, crasher, stateless())
