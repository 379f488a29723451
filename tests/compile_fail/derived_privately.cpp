// says: a class derives from one of penstock::Source, Stage and Sink, and publicly [PS0201]
#include <penstock/sdk.hpp>

namespace {
struct Reading {
  PENSTOCK_READS(double, value, "the reading");
};
#ifdef WRONG
class Writer : penstock::Sink<Reading> {
#else
class Writer : public penstock::Sink<Reading> {
#endif
 public:
  void consume(const penstock::Batch<Reading>&) override {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
