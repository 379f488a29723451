// A library with every habit that elf_habits.cpp knows.
#include <clocale>
#include <cstdlib>
#include <vector>

namespace plant {

template <typename T>
struct Counter {
  static inline T count = 0;  // a static member of a template: bound once for the whole process
};

thread_local int calls = 0;  // its model is chosen on the command line

std::vector<long double> kept(1, 2.5L);  // instances of templates of `std`, weak and visible

int* text = nullptr;

int overflow() {
  std::setlocale(LC_ALL, "");
  if (++calls > 100) std::exit(1);
  kept.push_back(calls);
  return ++Counter<int>::count;
}

}  // namespace plant

extern "C" char _end;  // the linker's; whoever speaks of it makes it visible
char* end_of_library() { return &_end; }

extern "C" int yaml_parser_parse() { return plant::overflow(); }
