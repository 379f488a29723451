#include "changelog/verify.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <functional>
#include <span>
#include <thread>

#include "core/changelog/log_fixture.hpp"

namespace penstock::changelog {
namespace {

using diagnostic::Code;
using testing::AllOf;
using testing::HasSubstr;
using testing::SizeIs;

class Verify : public LogTest {
 protected:
  /** The block in which the byte at `offset` stands. */
  static std::uint64_t block_at(const std::vector<Block>& blocks, std::uint64_t offset) {
    const auto after = std::upper_bound(blocks.begin(), blocks.end(), offset,
                                        [](std::uint64_t at, const Block& block) { return at < block.offset; });
    return (after - 1)->header.number;
  }
};

TEST_F(Verify, FindsNothingWrongWithALogThatWasClosed) {
  const Totals totals = write_log(5000);
  const Verification result = check();
  EXPECT_EQ(result.state, LogState::ok) << text_of(found);
  EXPECT_TRUE(found.empty());
  EXPECT_EQ(result.head, totals.head);
  EXPECT_EQ(result.changes, totals.changes);
  EXPECT_EQ(result.segments, 1u);
  EXPECT_FALSE(result.writer_alive);
  EXPECT_EQ(result.head.size(), 64u);
}

TEST_F(Verify, FindsEveryByteThatWasFlippedAndNamesItsBlock) {
  write_log(20);
  const std::string good = bytes_of(segment());
  const auto blocks = blocks_of(segment());
  ASSERT_GT(blocks.size(), 4u);
  for (std::size_t offset = 0; offset < good.size(); ++offset) {
    std::string bad = good;
    bad[offset] = static_cast<char>(bad[offset] ^ 0x10);
    put(segment(), bad);
    const Verification result = check();
    ASSERT_EQ(result.state, LogState::damaged) << "offset " << offset;
    ASSERT_THAT(text_of(found), HasSubstr("block " + std::to_string(block_at(blocks, offset)) + " "))
        << "offset " << offset;
    ASSERT_THAT(found, SizeIs(1)) << text_of(found);
  }
}

TEST_F(Verify, LeavesABlockOfANewerFormatToItsOwnVersion) {
  write_log(20);
  const Block block = blocks_of(segment()).at(1);
  std::string bytes = bytes_of(segment());
  BlockHeader header = block.header;
  ++header.version;
  seal(header, std::as_bytes(std::span(bytes)).subspan(block.offset + sizeof header, header.payload_size));
  std::memcpy(bytes.data() + block.offset, &header, sizeof header);
  put(segment(), bytes);
  EXPECT_NE(check().state, LogState::ok);
  EXPECT_THAT(text_of(found), HasSubstr("error[PS0608]: block 1 is written in a newer format\n"));
  EXPECT_THAT(text_of(found), HasSubstr(R"(
   |  version   expected  1, codec 0
   |            found     2, codec 0
   = help: read this log with the version of penstock that wrote it
)"));
}

TEST_F(Verify, CallsALogThatWasCutNeverOk) {
  write_log(20);
  const std::string good = bytes_of(segment());
  for (std::size_t length = 0; length < good.size(); ++length) {
    put(segment(), good.substr(0, length));
    ASSERT_EQ(check().state, LogState::not_closed) << "length " << length << "\n" << text_of(found);
    ASSERT_THAT(found, Finds(Code::PS0605));
    ASSERT_THAT(text_of(found), AllOf(HasSubstr("killed"), HasSubstr("the disk was full"), HasSubstr("cut off")));
  }
}

TEST_F(Verify, FindsThatALaterRunWasCutOff) {
  write_log(20);
  const std::size_t first_run = bytes_of(segment()).size();
  write_log(20);
  put(segment(), bytes_of(segment()).substr(0, first_run));
  EXPECT_EQ(check().state, LogState::damaged);
  EXPECT_THAT(found, Finds(Code::PS0604));
}

TEST_F(Verify, FindsBytesAfterTheLastBlock) {
  write_log(20);
  const std::string good = bytes_of(segment());
  BlockHeader header = blocks_of(segment()).back().header;
  seal(header, std::vector<std::byte>(max_payload));
  const std::string sound_head(reinterpret_cast<const char*>(&header), sizeof header);
  for (const std::string& tail : {std::string("more"), std::string("PB"), std::string("PBLK anything"), sound_head,
                                  sound_head + std::string(8192, 'x'), sound_head + std::string(8192, '\0')}) {
    put(segment(), good + tail);
    EXPECT_EQ(check().state, LogState::damaged) << tail.size();
    EXPECT_THAT(found, Finds(Code::PS0607));
    EXPECT_THAT(read(), SizeIs(blocks_of(segment()).back().header.first_sequence - 1));
    EXPECT_THAT(found, Finds(Code::PS0607));
  }
}

TEST_F(Verify, TakesAFirstBlockThatItsRunDidNotFinish) {
  write_log(20);
  put(log / "LOCK", "pid 17\n");
  put(segment(), bytes_of(segment()) + "PBLK");
  EXPECT_EQ(check().state, LogState::not_closed) << text_of(found);
  EXPECT_THAT(text_of(found), HasSubstr("was begun and is not finished"));
}

TEST_F(Verify, FindsAByteInWhatIsReservedBehindALogThatIsNotClosed) {
  auto opened = open();
  opened->flush();
  std::string bytes = bytes_of(segment());
  bytes[bytes.size() - 100] = 1;
  opened.reset();
  put(segment(), bytes);
  EXPECT_EQ(check().state, LogState::damaged);
}

TEST_F(Verify, FindsBlocksThatWereExchangedOrRemoved) {
  write_log(20);
  const std::string good = bytes_of(segment());
  const auto blocks = blocks_of(segment());
  const auto text = [&](std::size_t i) {
    return good.substr(blocks[i].offset, sizeof(BlockHeader) + blocks[i].header.payload_size);
  };
  const auto first_part = good.substr(0, blocks[2].offset);
  put(segment(), first_part + text(3) + text(2) + good.substr(blocks[4].offset));
  EXPECT_EQ(check().state, LogState::damaged);
  EXPECT_THAT(found, Finds(Code::PS0604));
  put(segment(), first_part + good.substr(blocks[3].offset));
  EXPECT_EQ(check().state, LogState::damaged);
  EXPECT_THAT(found, Finds(Code::PS0604));
}

TEST_F(Verify, FindsASegmentThatIsMissingOrNotItself) {
  Options wanted = options();
  wanted.segment_bytes = 4096;
  for (int run = 0; run < 4; ++run) write_log(200, wanted);
  ASSERT_GE(check().segments, 3u);
  const std::string second = bytes_of(segment(2));
  std::filesystem::remove(segment(2));
  EXPECT_EQ(check().state, LogState::damaged);
  EXPECT_THAT(found, Finds(Code::PS0604));
  put(segment(2), bytes_of(segment(1)));
  EXPECT_EQ(check().state, LogState::damaged);
  put(segment(2), second.substr(0, second.size() - 1));
  EXPECT_EQ(check().state, LogState::damaged);
  put(segment(2), second);
  EXPECT_EQ(check().state, LogState::ok);
  std::filesystem::remove(segment(1));
  EXPECT_EQ(check().state, LogState::damaged);
}

TEST_F(Verify, SaysThatTheWriterIsAlive) {
  auto opened = open();
  count(opened->add_node(counter()), 10);
  opened->flush();
  const Verification result = check();
  EXPECT_EQ(result.state, LogState::not_closed);
  EXPECT_TRUE(result.writer_alive);
}

TEST_F(Verify, FindsNoDamageBesideAWriterThatIsBusy) {
  Options wanted = options();
  wanted.segment_bytes = 64 * 1024;
  auto opened = open(wanted);
  Recorder& recorder = opened->add_node(counter());
  std::atomic<bool> is_done = false;
  std::thread writer([&] {
    for (std::uint64_t i = 0; i < 20'000 && !is_done; ++i) {
      recorder.own();
      recorder.record(0, i, i + 1, true);
      opened->flush();
    }
    is_done = true;
  });
  for (int walk = 0; walk < 500 && !is_done; ++walk) {
    Diagnostics trouble;
    const auto result = verify(log, trouble);
    EXPECT_TRUE(result && result->state == LogState::not_closed) << text_of(trouble);
  }
  is_done = true;
  writer.join();
}

TEST_F(Verify, FindsNoDamageWhileRunsBeginAndEnd) {
  write_log(10);
  std::atomic<bool> is_done = false;
  std::thread runs([&] {
    for (int run = 0; run < 100; ++run) {
      Diagnostics trouble;
      if (const auto opened = ChangeLog::open(options(), trouble)) count(opened->add_node(counter()), 10);
    }
    is_done = true;
  });
  while (!is_done) {
    Diagnostics trouble;
    const auto result = verify(log, trouble);
    if (result) {
      EXPECT_NE(result->state, LogState::damaged) << text_of(trouble);
    } else {
      EXPECT_THAT(trouble, Finds(Code::PS0602)) << "they were not too fast";
    }
  }
  runs.join();
}

TEST_F(Verify, FindsABlockThatItsKindDoesNotAllow) {
  write_log(20);
  std::filesystem::remove(log / "LOCK");
  const auto blocks = blocks_of(segment());
  put(segment(), forged(blocks));
  ASSERT_EQ(check().state, LogState::ok) << text_of(found);
  const auto finds = [&](std::size_t i, const std::function<void(Block&)>& edit) {
    auto bad = blocks;
    edit(bad[i]);
    put(segment(), forged(bad));
    EXPECT_EQ(check().state, LogState::damaged);
    EXPECT_THAT(text_of(found), HasSubstr("block " + std::to_string(i) + " is malformed"));
    (void)read();
    EXPECT_THAT(text_of(found), HasSubstr("block " + std::to_string(i) + " is malformed"));
  };
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    finds(i, [](Block& block) { block.header.count = 0xFFFF'FFFF; });
    finds(i, [](Block& block) { block.header.reserved_60 = 1; });
    finds(i, [](Block& block) { block.header.reserved_96 = 1; });
    finds(i, [](Block& block) { block.header.reserved_112 = 1; });
    if (blocks[i].header.kind == BlockKind::definitions || blocks[i].header.kind == BlockKind::texts)
      finds(i, [](Block& block) { block.payload.front() = std::byte{99}, block.payload.resize(8); });
    else
      finds(i, [](Block& block) { block.payload.resize(block.payload.size() + 8); });
  }
}

TEST_F(Verify, FindsAPayloadThatIsNoMultipleOf8) {
  write_log(20);
  auto blocks = blocks_of(segment());
  blocks.at(2).payload.resize(blocks.at(2).payload.size() + 4);
  put(segment(), forged(blocks));
  EXPECT_EQ(check().state, LogState::damaged);
  EXPECT_THAT(text_of(found), HasSubstr("block 2 is damaged: its head is not one"));
}

TEST_F(Verify, FindsThatARunGoesBack) {
  write_log(20);
  write_log(20);
  std::filesystem::remove(log / "LOCK");
  auto blocks = blocks_of(segment());
  blocks.back().header.run = 1;
  put(segment(), forged(blocks));
  EXPECT_EQ(check().state, LogState::damaged);
  EXPECT_THAT(found, Finds(Code::PS0604));
  EXPECT_THAT(text_of(found), HasSubstr("at least 2"));
}

TEST_F(Verify, TellsWhatCannotBeReadFromDamage) {
  std::filesystem::create_directory(log);
  std::filesystem::create_symlink("/proc/self/mem", segment());  // a file whose first page gives EIO
  EXPECT_EQ(check().state, LogState::damaged);
  EXPECT_THAT(found, SizeIs(1));
  EXPECT_THAT(text_of(found), AllOf(HasSubstr("cannot be read"), HasSubstr("(errno 5)")));
}

TEST_F(Verify, IsNotOkBesideARingThatCannotBeRead) {
  write_log(10);
  std::filesystem::create_directory(log / "rings" / "000001-0.ring");
  EXPECT_EQ(check().state, LogState::damaged);
  EXPECT_THAT(found, Finds(Code::PS0609));
}

TEST_F(Verify, RefusesADirectoryWithoutALog) {
  EXPECT_EQ(verify(home / "nothing", found), std::nullopt);
  EXPECT_THAT(found, Finds(Code::PS0601));
  found = {};
  EXPECT_EQ(verify(home, found), std::nullopt);
  EXPECT_THAT(found, Finds(Code::PS0601));
  std::filesystem::create_directory(home / "plant.changes");
  for (const char* const named : {"plant", "plant/", "plant.yaml"}) {
    found = {};
    EXPECT_EQ(verify(home / named, found), std::nullopt);
    ASSERT_THAT(found, Finds(Code::PS0601));
    EXPECT_THAT(found[0].help, testing::ElementsAre("did you mean `" + (home / "plant.changes").string() + "`?"));
  }
}

TEST_F(Verify, LeavesWhatCanBeSavedReadable) {
  write_log(20);
  const auto blocks = blocks_of(segment());
  std::string bytes = bytes_of(segment());
  const std::size_t whole = read().size();
  const auto damaged =
      std::find_if(blocks.begin(), blocks.end(), [](const Block& block) { return block.header.count == 20; });
  ASSERT_NE(damaged, blocks.end());
  bytes[damaged->offset + 200] ^= 1;
  put(segment(), bytes);
  EXPECT_THAT(read(), SizeIs(whole - 20));
  EXPECT_THAT(found, Finds(Code::PS0603));
}

}  // namespace
}  // namespace penstock::changelog
