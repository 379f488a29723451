// says: a class has at most 100 parameters and metrics, a record at most 100 columns
#include <penstock/sdk.hpp>

#define FAULT(n) PENSTOCK_METRIC(std::uint64_t, fault_##n, "how often it was seen")
#define FAULTS(n) \
  FAULT(n##0);    \
  FAULT(n##1);    \
  FAULT(n##2);    \
  FAULT(n##3);    \
  FAULT(n##4);    \
  FAULT(n##5);    \
  FAULT(n##6);    \
  FAULT(n##7);    \
  FAULT(n##8);    \
  FAULT(n##9)

namespace {
class Watch {
  FAULTS(0);
  FAULTS(1);
  FAULTS(2);
  FAULTS(3);
  FAULTS(4);
  FAULTS(5);
  FAULTS(6);
  FAULTS(7);
  FAULTS(8);
  FAULTS(9);
#ifdef WRONG
  FAULT(100);
#endif

 public:
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Watch, watch)
