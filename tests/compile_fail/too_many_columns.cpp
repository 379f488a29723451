// says: a class has at most 100 parameters and metrics, a record at most 100 columns
#include <penstock/sdk.hpp>

// The columns of ten channels, with one number more in each name.
#define CHANNELS(n) \
  CHANNEL(n##0);    \
  CHANNEL(n##1);    \
  CHANNEL(n##2);    \
  CHANNEL(n##3);    \
  CHANNEL(n##4);    \
  CHANNEL(n##5);    \
  CHANNEL(n##6);    \
  CHANNEL(n##7);    \
  CHANNEL(n##8);    \
  CHANNEL(n##9)
#define CHANNEL(n) PENSTOCK_READS(double, channel##n, "a channel")

namespace {
class Writer {
  struct Reading {
    CHANNELS(0);
    CHANNELS(1);
    CHANNELS(2);
    CHANNELS(3);
    CHANNELS(4);
    CHANNELS(5);
    CHANNELS(6);
    CHANNELS(7);
    CHANNELS(8);
    CHANNELS(9);
#ifdef WRONG
    CHANNEL(100);
#endif
  };

 public:
  void consume(const penstock::Batch<Reading>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
