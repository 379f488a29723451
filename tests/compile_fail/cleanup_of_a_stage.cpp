// says: the host does not call `cleanup`: it calls `flush` at the end of the data, and `close` at the end of a run; make it private if the class calls it itself [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Base {
 public:
  void shutdown() {}
};
class Span : public Base {
 public:
  void process(penstock::Batch<>&) {}
  double start() const { return 0; }
  static Span stop() { return {}; }
  void setup(int = 0) {}
  template <class T = int>
  void init() {}
#ifdef WRONG
  void cleanup() noexcept {}
#else
  bool cleanup() { return true; }
#endif
};
}  // namespace

PENSTOCK_EXPORT(Stage, Span, span)
