// A pipeline that never ends and assigns as fast as it can, to be killed. After each assignment its stage writes its count
// into a mapped page of its own: what stands there after the kill must be on the change log.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <penstock/sdk.hpp>

#include <atomic>
#include <csignal>
#include <cstdint>
#include <fstream>
#include <string>

namespace {

class EndlessSource {
  struct Row {
    PENSTOCK_ADDS(double, value, "always 1");
  };

 public:
  penstock::Generator stream(penstock::Output<Row>& out) {
    while (!out.stopping()) {
      out.push({1.0});
      if (out.full()) co_yield out;
    }
  }
};

class FlatOut {
  PENSTOCK_PARAM(std::string, page, penstock::required, "file whose first 8 bytes are the count", example("page"));
  PENSTOCK_METRIC(std::uint64_t, count, "assignments", never_decreasing());
  struct Row {
    PENSTOCK_READS(double, value, "not used");
  };
  std::atomic<std::uint64_t>* shown_ = nullptr;

 public:
  void open() {
    const int file = ::open(page->c_str(), O_RDWR | O_CREAT, 0600);
    if (file < 0 || ftruncate(file, sizeof *shown_) != 0) throw penstock::Failed("cannot make the page");
    void* const mapped = mmap(nullptr, sizeof *shown_, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    ::close(file);
    if (mapped == MAP_FAILED) throw penstock::Failed("cannot map the page");
    shown_ = static_cast<std::atomic<std::uint64_t>*>(mapped);
  }

  void process(const Row&) {
    count = count + 1;
    shown_->store(count, std::memory_order_release);
  }
};

class Discard {
  PENSTOCK_PARAM(std::string, trouble, "none", "what it does besides",
                 one_of("none", "never_returns", "interrupts_at_end"));
  struct Row {
    PENSTOCK_READS(double, value, "not used");
  };

 public:
  void consume(const penstock::Batch<Row>&) {
    if (*trouble == "never_returns") std::ofstream("stuck").flush();
    while (*trouble == "never_returns") pause();
  }
  ~Discard() {
    if (*trouble == "interrupts_at_end") std::raise(SIGINT);
  }
};

}  // namespace

PENSTOCK_EXPORT(Source, EndlessSource, endless_source)
PENSTOCK_EXPORT(Stage, FlatOut, flat_out)
PENSTOCK_EXPORT(Sink, Discard, discard)
