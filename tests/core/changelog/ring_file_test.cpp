#include "changelog/ring_file.hpp"

#include <limits>

#include "core/changelog/log_fixture.hpp"

namespace penstock::changelog {
namespace {

using diagnostic::Code;
using testing::IsEmpty;
using testing::SizeIs;

class RingFileTest : public LogTest {
 protected:
  /** A ring that its run recorded `head` entries in, all of zeros, in a file of holes. */
  static RingHeader ring_of(std::uint64_t head, std::uint64_t capacity) {
    RingHeader header{};
    header.magic = ring_magic;
    header.version = ring_version;
    header.ring = 1u << 16;
    header.capacity = capacity;
    header.head = header.tail = head;
    return header;
  }

  std::optional<RingSnapshot> read(const RingHeader& header) {
    const auto path = home / "1.ring";
    put(path, {reinterpret_cast<const char*>(&header), sizeof header});
    std::filesystem::resize_file(path, sizeof header + header.capacity * sizeof(Entry));
    found = {};
    return read_ring(path, found);
  }
};

TEST_F(RingFileTest, HoldsInMemoryOnlyWhatWasRecorded) {
  constexpr std::uint64_t capacity = most_ring_bytes / sizeof(Entry);
  EXPECT_THAT(read(ring_of(3, capacity))->slots, SizeIs(4));
  EXPECT_THAT(read(ring_of(0, capacity))->slots, SizeIs(1));
  EXPECT_THAT(read(ring_of(1000, 64))->slots, SizeIs(64));
  EXPECT_EQ(read(ring_of(1000, 64))->first, 1000u - 64);
  EXPECT_THAT(found, IsEmpty());
}

TEST_F(RingFileTest, IsNoLargerThanTheHostMakesIt) {
  EXPECT_FALSE(read(ring_of(3, 2 * most_ring_bytes / sizeof(Entry))));
  EXPECT_THAT(found, Finds(Code::PS0609));
  Clock clock;
  auto ring = RingFile::create(home / "2.ring", 1u << 16, std::uint64_t{1} << 60, {}, clock, found);
  ASSERT_TRUE(ring) << text_of(found);
  EXPECT_EQ(ring->slots().size_bytes(), most_ring_bytes);
}

TEST_F(RingFileTest, RefusesAnAnchorThatIsNone) {
  constexpr double inf = std::numeric_limits<double>::infinity();
  for (const TickAnchor& anchor :
       {TickAnchor{0, 0, std::numeric_limits<double>::quiet_NaN()}, TickAnchor{0, 0, inf}, TickAnchor{0, 0, -inf},
        TickAnchor{0, 0, -1}, TickAnchor{0, 0, 1e300}, TickAnchor{0, std::numeric_limits<std::int64_t>::min(), 1}}) {
    RingHeader header = ring_of(3, 64);
    header.anchor = 1;
    header.anchor_1 = anchor;
    EXPECT_FALSE(read(header)) << anchor.ns_per_tick;
    EXPECT_THAT(found, Finds(Code::PS0609));
  }
}

TEST_F(RingFileTest, IsReadableForWhoMayReadTheSegments) {
  const auto opened = open();
  for (const auto& ring : list_rings(log))
    EXPECT_EQ(std::filesystem::status(ring).permissions(), std::filesystem::status(segment()).permissions());
}

TEST_F(RingFileTest, SaysWhyItCannotBeRead) {
  std::filesystem::create_directory(home / "1.ring");
  EXPECT_FALSE(read_ring(home / "1.ring", found));
  EXPECT_THAT(text_of(found), testing::HasSubstr("read the change log as the user who wrote it"));
}

}  // namespace
}  // namespace penstock::changelog
