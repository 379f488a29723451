// What a library may do while it is loaded, chosen by ON_LOAD when it is built.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace {

void crash() {
  int* volatile nowhere = nullptr;
  *nowhere = 1;
}
void throws() { throw std::runtime_error("no plant to be found"); }
void hang() {
  for (;;) ::pause();
}
void exits() { std::exit(0); }
void exits_at_once() {
  std::printf("all is well\n");
  std::fflush(stdout);
  ::_exit(0);
}
void print() { std::printf("hello\n"); }

const int loaded = (ON_LOAD(), 0);

}  // namespace

[[gnu::visibility("default")]] int value_of_on_load() { return loaded; }
