// says: a text column can be read, not written or added: use penstock::Key [PS0309]
#include <penstock/sdk.hpp>

namespace {
struct Range {
#ifdef WRONG
  std::string_view note;
#else
  penstock::Key note;
#endif
  static consteval auto describe() {
    return penstock::described(penstock::attributes::writes("note", &Range::note, "a word"));
  }
};
class Filter {
 public:
  void process(Range&) {}
};
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
