#include "plugin/hidden_types.hpp"

#include <gmock/gmock.h>

#include "core/plugin/found.hpp"

namespace penstock::plugin {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

Diagnostics said_of(const std::string& bytes) {
  Diagnostics found;
  report_hidden_types(MemorySource(std::as_bytes(std::span(bytes))), "libplant.so", found);
  return found;
}

TEST(HiddenTypes, AreNamedOnceEachWhereverTheirTextStands) {
  const std::string head = "penstock:1\tname:clamp\tinterface:Stage 1.0\n";
  const std::string across_blocks((std::size_t{1} << 20U) - 10, ' ');
  EXPECT_THAT(text_of(said_of(head)), HasSubstr("library `libplant.so` holds a type and hides it"));
  EXPECT_THAT(text_of(said_of(across_blocks + head + head)), HasSubstr("`penstock_type_clamp`"));
}

TEST(HiddenTypes, AreNoneInTextThatOnlySpeaksOfThem) {
  EXPECT_THAT(said_of("penstock:1"), IsEmpty());
  EXPECT_THAT(said_of("penstock:1\tname:Clamp\tinterface:Stage"), IsEmpty());
  EXPECT_THAT(said_of("penstock:1\tname:clamp\n"), IsEmpty());
}

/** What a sparse file looks like. */
class Endless final : public ByteSource {
 public:
  [[nodiscard]] std::uint64_t size() const noexcept override { return std::uint64_t{1} << 40U; }
  [[nodiscard]] bool read(std::uint64_t, std::span<std::byte> into) const override {
    std::ranges::fill(into, std::byte{0});
    bytes += into.size();
    return true;
  }
  mutable std::uint64_t bytes = 0;
};

TEST(HiddenTypes, AreNotLookedForWithoutEnd) {
  const Endless source;
  Diagnostics found;
  report_hidden_types(source, "libsparse.so", found);
  EXPECT_THAT(found, IsEmpty());
  EXPECT_LT(source.bytes, std::uint64_t{80} << 20U);
}

}  // namespace
}  // namespace penstock::plugin
