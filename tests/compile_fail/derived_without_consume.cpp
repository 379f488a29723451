// says: a class that derives from `penstock::Sink<Record>` overrides `void consume(const penstock::Batch<Record>&)`, from `penstock::Sink<penstock::Flow(const penstock::Batch<Record>&)>` the same that returns `penstock::Flow`, and this one does not [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Nothing : public penstock::Sink<> {
 public:
#ifndef WRONG
  void consume(const penstock::Batch<>&) override {}
#endif
};
}  // namespace

PENSTOCK_EXPORT(Sink, Nothing, nothing)
