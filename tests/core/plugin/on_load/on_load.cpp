// What a library may do while it is loaded, chosen by ON_LOAD when it is built.
#include <unistd.h>

#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

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
