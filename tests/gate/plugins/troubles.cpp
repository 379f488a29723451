// A stage that does nothing, and a trouble that its library makes: TYPE says which, and is its name.
#include <unistd.h>
#include <penstock/sdk.hpp>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <thread>

namespace {

enum Trouble {
  throws_at_the_end,
  crashes_at_the_end,
  hangs_at_the_end,
  exits_at_the_end,
  throws_in_create,
  throws_a_number_in_create,
  leaves_a_thread
};

struct AtTheEnd {
  ~AtTheEnd() noexcept(false) {
    if constexpr (TYPE == throws_at_the_end) throw std::runtime_error("the plant is gone");
    if constexpr (TYPE == crashes_at_the_end) {
      volatile int* volatile nowhere = nullptr;
      *nowhere = 1;
    }
    if constexpr (TYPE == exits_at_the_end) std::exit(7);
    if constexpr (TYPE == hangs_at_the_end) {
      std::ofstream("hanging").flush();
      for (;;) ::pause();
    }
  }
};
const AtTheEnd at_the_end;

/** The thread runs on through everything that becomes of the instance. */
std::atomic<std::uint64_t> turns = 0;

class Troubled {
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
  Troubled() {
    if constexpr (TYPE == throws_in_create) throw std::runtime_error("the plant is closed");
    if constexpr (TYPE == throws_a_number_in_create) throw 42;
    if constexpr (TYPE == leaves_a_thread)
      std::thread([] {
        for (;;) ++turns;
      }).detach();
  }
  void process(const Reading&) {}
};

}  // namespace

#define EXPORT_AS(type) PENSTOCK_EXPORT(Stage, Troubled, type)
EXPORT_AS(TYPE)
