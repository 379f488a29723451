#include "csv/splitter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <ostream>
#include <random>

namespace csv {
namespace {

using testing::ElementsAre;

struct Split {
  std::vector<std::string> fields;
  std::string raw;
  std::uint64_t line = 0;
  bool good = true;
  std::uint64_t size = 0;

  friend bool operator==(const Split&, const Split&) = default;
};

std::ostream& operator<<(std::ostream& out, const Split& split) {
  out << split.line << (split.good ? " good" : " bad") << " <" << split.raw << "> " << split.size;
  for (const std::string& field : split.fields) out << " [" << field << "]";
  return out;
}

Split copy(const Record& record) {
  Split split{{}, std::string(record.raw()), record.line(), !record.expected(), record.size()};
  for (std::size_t i = 0; i < record.fields(); ++i) split.fields.emplace_back(record.text(i));
  return split;
}

// In pieces of the sizes that `piece` gives, at most what there is room for.
template <class Piece>
std::vector<Split> split(std::string_view text, Piece piece) {
  std::vector<Split> records;
  Splitter splitter;
  const auto take_all = [&] {
    while (const Record* record = splitter.next()) records.push_back(copy(*record));
  };
  while (!text.empty()) {
    const std::span<char> room = splitter.room();
    const std::size_t size = std::min({room.size(), text.size(), piece()});
    std::memcpy(room.data(), text.data(), size);
    splitter.filled(size);
    text.remove_prefix(size);
    take_all();
  }
  splitter.finish();
  take_all();
  return records;
}

std::vector<Split> split(std::string_view text) {
  return split(text, [] { return std::size_t{1} << 20; });
}

// The same rules in the plainest words: one byte after the other, over the whole text.
std::vector<Split> split_plainly(std::string_view text) {
  std::vector<Split> records;
  std::uint64_t line = 1;
  for (std::size_t at = 0; at < text.size();) {
    Split record;
    record.line = line;
    const std::size_t begin = at;
    std::string field;
    enum { start, plain, inside, behind, broken } state = start;
    for (;; ++at) {
      const bool at_end = at == text.size();
      const char c = at_end ? '\n' : text[at];
      const bool line_ends = c == '\n' || (c == '\r' && (at + 1 == text.size() || text[at + 1] == '\n'));
      if (state == inside && at_end) {
        record.good = false;
        break;
      }
      if (state == inside) {
        if (c == '"')
          state = behind;
        else
          field += c;
      } else if (state == behind && c == '"') {
        field += '"';
        state = inside;
      } else if (line_ends) {
        break;
      } else if (c == ',' && state != broken) {
        record.fields.push_back(field);
        field.clear();
        state = start;
      } else if (c == '"' && state == start) {
        state = inside;
      } else if (c == '"' || state == behind) {
        record.good = false;
        state = broken;
      } else {
        field += c;
        if (state == start) state = plain;
      }
    }
    record.fields.push_back(field);
    if (!record.good) record.fields.clear();
    record.raw = text.substr(begin, at - begin);
    if (at == text.size() && record.raw.ends_with('\r')) record.raw.pop_back();
    record.size = record.raw.size();
    line += 1 + static_cast<std::uint64_t>(std::count(record.raw.begin(), record.raw.end(), '\n'));
    if (at < text.size() && text[at] == '\r') ++at;
    if (at < text.size()) ++at;
    records.push_back(record);
  }
  return records;
}

std::vector<std::string> fields(std::string_view text) { return split(text).at(0).fields; }

TEST(Splitter, SplitsAtCommas) { EXPECT_THAT(fields("a,b,c\n"), ElementsAre("a", "b", "c")); }

TEST(Splitter, KeepsEmptyFields) {
  EXPECT_THAT(fields(",,\n"), ElementsAre("", "", ""));
  EXPECT_THAT(fields("a,"), ElementsAre("a", ""));
  EXPECT_THAT(fields("a,\"\"\n"), ElementsAre("a", ""));
}

TEST(Splitter, TakesTheLastLineWithoutItsNewline) {
  EXPECT_THAT(fields("a,b"), ElementsAre("a", "b"));
  EXPECT_THAT(fields("a,\"b\""), ElementsAre("a", "b"));
  EXPECT_THAT(fields("a,\"b\"\r"), ElementsAre("a", "b"));
}

TEST(Splitter, EndsLinesWithLfAndCrlf) {
  const auto records = split("a,b\r\nc,\"d\"\r\ne\n");
  ASSERT_EQ(records.size(), 3u);
  EXPECT_THAT(records[0].fields, ElementsAre("a", "b"));
  EXPECT_THAT(records[1].fields, ElementsAre("c", "d"));
  EXPECT_THAT(records[2].fields, ElementsAre("e"));
}

TEST(Splitter, KeepsACarriageReturnInsideALine) { EXPECT_THAT(fields("a\rb,c\n"), ElementsAre("a\rb", "c")); }

TEST(Splitter, ReadsCommasQuotesAndLinesInsideQuotes) {
  EXPECT_THAT(fields("\"a,b\",\"say \"\"hi\"\"\",\"x\r\ny\"\n"), ElementsAre("a,b", "say \"hi\"", "x\r\ny"));
}

TEST(Splitter, KeepsTextThatIsNotAscii) { EXPECT_THAT(fields("ʤ,\u7684\n"), ElementsAre("ʤ", "\u7684")); }

TEST(Splitter, KeepsNulBytes) {
  EXPECT_THAT(fields(std::string_view("a\0b,c\n", 6)), ElementsAre(std::string("a\0b", 3), "c"));
}

TEST(Splitter, GivesABlankLineAsOne) {
  const auto records = split("a\n\r\n\nb\n");
  ASSERT_EQ(records.size(), 4u);
  EXPECT_EQ(records[1].size, 0u);
  EXPECT_EQ(records[2].size, 0u);
}

TEST(Splitter, HasNoRecordInAnEmptyFile) { EXPECT_TRUE(split("").empty()); }

TEST(Splitter, CountsTheLinesInsideQuotes) {
  const auto records = split("\"a\nb\"\nc\n");
  EXPECT_EQ(records[0].line, 1u);
  EXPECT_EQ(records[1].line, 3u);
}

TEST(Splitter, KnowsWhereEachByteStands) {
  const std::string text = "ab,\"c\n\"\"d\",ef\n";
  Splitter splitter;
  std::memcpy(splitter.room().data(), text.data(), text.size());
  splitter.filled(text.size());
  const Record& record = *splitter.next();
  EXPECT_EQ(record.place(1).column, 5u);
  EXPECT_EQ(record.text(1), "c\n\"d");
  EXPECT_EQ(record.place(1, 3).line, 2u);
  EXPECT_EQ(record.place(1, 3).column, 3u);
  EXPECT_EQ(record.place(2, 1).column, 7u);
}

TEST(Splitter, RefusesAQuoteInTheMiddleAndGoesOnWithTheNextLine) {
  for (const char* const text : {"5\" pipe,x\nok\n", "a,\"b\"c,\"d\nok\n", "\"a\" ,b\nok\n", "\"a\"\rb\nok\n"}) {
    const auto records = split(text);
    ASSERT_EQ(records.size(), 2u) << text;
    EXPECT_FALSE(records[0].good) << text;
    EXPECT_EQ(records[1].line, 2u) << text;
    EXPECT_THAT(records[1].fields, ElementsAre("ok")) << text;
  }
}

TEST(Splitter, RefusesAFileThatEndsInsideQuotes) {
  const auto records = split("a\n\"b\nc,d\n");
  ASSERT_EQ(records.size(), 2u);
  EXPECT_FALSE(records[1].good);
  EXPECT_EQ(records[1].raw, "\"b\nc,d\n");
}

TEST(Splitter, TakesARecordOfExactlyTheLimit) {
  std::string text(RecordForm{}.max_record, 'A');
  text.append("\nb\n");
  const auto records = split(text);
  ASSERT_EQ(records.size(), 2u);
  EXPECT_TRUE(records[0].good);
}

TEST(Splitter, RefusesALongLineWithItsSizeAndGoesOnBehindIt) {
  const std::string text = "a\n" + std::string(10'000'000, 'A') + ",x\nb\n";
  for (const std::size_t piece : {std::size_t{70'000}, std::size_t{1} << 20}) {
    const auto records = split(text, [=] { return piece; });
    ASSERT_EQ(records.size(), 3u);
    EXPECT_FALSE(records[1].good);
    EXPECT_EQ(records[1].size, 10'000'002u);
    EXPECT_EQ(records[1].raw.size(), RecordForm{}.max_record);
    EXPECT_EQ(records[2].line, 3u);
    EXPECT_THAT(records[2].fields, ElementsAre("b"));
  }
}

TEST(Splitter, RefusesALongLineForItsLengthWhateverElseIsWrongBehindTheLimit) {
  std::string text(RecordForm{}.max_record + 1, 'A');
  text.append("\"x\nb\n");
  for (const std::size_t piece : {std::size_t{70'000}, text.size()}) {
    const auto records = split(text, [=] { return piece; });
    ASSERT_EQ(records.size(), 2u);
    EXPECT_EQ(records[0].size, RecordForm{}.max_record + 3);
    EXPECT_THAT(records[1].fields, ElementsAre("b"));
  }
  Splitter splitter;
  for (std::size_t done = 0; done < text.size();) {
    const std::span<char> room = splitter.room();
    const std::size_t size = std::min(room.size(), text.size() - done);
    std::memcpy(room.data(), text.data() + done, size);
    splitter.filled(size);
    done += size;
  }
  EXPECT_EQ(splitter.next()->expected(), std::string("a record of at most 1 MiB, as `max_line` says"));
}

TEST(Splitter, GoesOnBehindAQuoteThatIsNeverClosed) {
  std::string text = "\"open\n";
  while (text.size() < 2 * RecordForm{}.max_record) text += "x,1\n";
  const auto records = split(text);
  EXPECT_FALSE(records[0].good);
  ASSERT_GT(records.size(), 1000u);
  EXPECT_THAT(records[1].fields, ElementsAre("x", "1"));
  EXPECT_EQ(records.back().line, static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')));
}

TEST(Splitter, BoundsItsMemoryForALineWithoutEnd) {
  Splitter splitter;
  std::size_t largest = 0;
  for (int i = 0; i < 100; ++i) {
    const std::span<char> room = splitter.room();
    std::memset(room.data(), 'A', room.size());
    splitter.filled(room.size());
    EXPECT_EQ(splitter.next(), nullptr);
    largest = std::max(largest, room.size());
  }
  EXPECT_LE(largest, 4 * RecordForm{}.max_record);
}

TEST(Splitter, AgreesWithThePlainRulesWhateverThePieces) {
  constexpr std::string_view symbols = "a,\"\n\r";
  std::mt19937 random(7);
  for (int round = 0; round < 400; ++round) {
    std::string text;
    for (std::size_t size = random() % 400; text.size() < size;) text += symbols[random() % symbols.size()];
    const auto expected = split_plainly(text);
    ASSERT_EQ(split(text), expected) << testing::PrintToString(text);
    ASSERT_EQ(split(text, [&] { return std::size_t{1} + random() % 3; }), expected) << testing::PrintToString(text);
  }
}

TEST(Splitter, AgreesWithItselfOnLongRecordsWhateverThePieces) {
  constexpr std::string_view symbols = "a,\"\n\r";
  std::mt19937 random(8);
  for (int round = 0; round < 6; ++round) {
    std::string text;
    while (text.size() < 3 * RecordForm{}.max_record) {
      text.append(random() % 2'000'000, 'b');
      for (int i = 0; i < 5; ++i) text += symbols[random() % symbols.size()];
    }
    const auto expected = split(text);
    ASSERT_EQ(split(text, [&] { return std::size_t{1} + random() % 200'000; }), expected) << round;
  }
}

}  // namespace
}  // namespace csv
