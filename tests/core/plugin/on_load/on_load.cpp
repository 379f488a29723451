// What a library may do while it is loaded, chosen by ON_LOAD when it is built.
#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <thread>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace {

void crash() {
  volatile int* volatile nowhere = nullptr;
  *nowhere = 1;
}
void throws() { throw std::runtime_error("no plant to be found"); }
void hang() {
  for (;;) ::pause();
}
void kills_its_parent() { ::kill(::getppid(), SIGKILL); }
/** SIGALRM, a millisecond later: whoever is loaded next is there when the process ends. */
void ends_later() {
  const itimerval soon{.it_interval = {}, .it_value = {.tv_sec = 0, .tv_usec = 1000}};
  ::setitimer(ITIMER_REAL, &soon, nullptr);
}
void crashes_later() {
  std::thread([] {
    ::usleep(500);
    crash();
  }).detach();
}
/** These two do no harm alone. */
void marks() { ::setenv("PENSTOCK_ON_LOAD", "marked", 1); }
void crashes_if_marked() {
  if (std::getenv("PENSTOCK_ON_LOAD") != nullptr) crash();
}
void slow() { ::usleep(400'000); }
void exits() { std::exit(0); }
void exits_at_once() {
  std::printf("all is well\n");
  std::fflush(stdout);
  ::_exit(0);
}
void change_locale() { std::setlocale(LC_ALL, "C.UTF-8"); }
/** What `-ffast-math` links into every library. */
void flush_denormals() {
#if defined(__x86_64__)
  _mm_setcsr(_mm_getcsr() | 0x8040);
#endif
}
void nothing() {}
void print() { std::printf("hello\n"); }

const int loaded = (ON_LOAD(), 0);

}  // namespace

[[gnu::visibility("default")]] int value_of_on_load() { return loaded; }
