#include "batch/arrow_schema.hpp"

#include <gmock/gmock.h>

namespace penstock::batch {
namespace {

using testing::HasSubstr;
using testing::Optional;
using testing::StrEq;

const Schema readings{{"sensor_id", Type::key, false}, {"timestamp", Type::time, false}, {"value", Type::f64, true},
                      {"note", Type::text, true},      {"ok", Type::boolean, false},     {"raw", Type::bytes, false},
                      {"age", Type::duration, false},  {"count", Type::u8, false}};

TEST(BorrowedSchema, ReadsBackAsWhatItWasMadeOf) {
  const BorrowedSchema lent(readings);
  std::string fault;
  EXPECT_THAT(read_schema(*lent.get(), fault), Optional(readings));
  EXPECT_EQ(fault, "");
}

TEST(BorrowedSchema, ShowsAKeyAsCodesWithADictionaryOfTexts) {
  const BorrowedSchema lent(readings);
  const ArrowSchema& key = *lent.get()->children[0];
  EXPECT_THAT(key.format, StrEq("i"));
  EXPECT_THAT(key.name, StrEq("sensor_id"));
  EXPECT_EQ(key.flags, 0);
  ASSERT_NE(key.dictionary, nullptr);
  EXPECT_THAT(key.dictionary->format, StrEq("u"));
  EXPECT_EQ(lent.get()->children[2]->flags, ARROW_FLAG_NULLABLE);
}

TEST(BorrowedSchema, MayBeEmpty) {
  const BorrowedSchema lent(Schema{});
  std::string fault;
  EXPECT_THAT(read_schema(*lent.get(), fault), Optional(Schema{}));
}

TEST(GivenSchema, IsReleasedExactlyOnce) {
  int released = 0;
  {
    GivenSchema given;
    EXPECT_FALSE(given.is_filled());
    given.get()->private_data = &released;
    given.get()->release = [](ArrowSchema* schema) {
      ++*static_cast<int*>(schema->private_data);
      schema->release = nullptr;
    };
    EXPECT_TRUE(given.is_filled());
  }
  EXPECT_EQ(released, 1);
  { const GivenSchema untouched; }
}

/** A schema of one column, to be spoilt. */
class ReadSchema : public testing::Test {
 protected:
  std::string fault_of() {
    std::string fault;
    EXPECT_EQ(read_schema(root_, fault), std::nullopt);
    return fault;
  }

  ArrowSchema column_{.format = "g",
                      .name = "value",
                      .metadata = nullptr,
                      .flags = 0,
                      .n_children = 0,
                      .children = nullptr,
                      .dictionary = nullptr,
                      .release = nullptr,
                      .private_data = nullptr};
  ArrowSchema* columns_[2] = {&column_, &column_};
  ArrowSchema root_{.format = "+s",
                    .name = nullptr,
                    .metadata = nullptr,
                    .flags = 0,
                    .n_children = 1,
                    .children = columns_,
                    .dictionary = nullptr,
                    .release = nullptr,
                    .private_data = nullptr};
};

TEST_F(ReadSchema, RefusesWhatIsNoStruct) {
  root_.format = "g";
  EXPECT_THAT(fault_of(), HasSubstr("not a struct"));
  root_.format = nullptr;
  EXPECT_THAT(fault_of(), HasSubstr("not a struct"));
}

TEST_F(ReadSchema, RefusesCountsThatCannotBe) {
  for (const std::int64_t count : {std::int64_t{-1}, INT64_MAX}) {
    root_.n_children = count;
    EXPECT_THAT(fault_of(), HasSubstr("columns; at most"));
  }
  root_.n_children = 1;
  root_.children = nullptr;
  EXPECT_THAT(fault_of(), HasSubstr("has none"));
}

TEST_F(ReadSchema, RefusesAColumnWithoutNameOrFormat) {
  for (const char* name : {static_cast<const char*>(nullptr), ""}) {
    column_.name = name;
    EXPECT_THAT(fault_of(), HasSubstr("no name for column 1"));
  }
  column_.format = nullptr;
  EXPECT_THAT(fault_of(), HasSubstr("incomplete at column 1"));
  columns_[0] = nullptr;
  EXPECT_THAT(fault_of(), HasSubstr("incomplete at column 1"));
}

TEST_F(ReadSchema, RefusesANameTwice) {
  root_.n_children = 2;
  EXPECT_THAT(fault_of(), HasSubstr("`value` twice"));
}

TEST_F(ReadSchema, RefusesAFormatThatNoColumnHas) {
  for (const char* format : {"", "tsu:UTC", "tsn:", "+l", "U", "gg"}) {
    column_.format = format;
    EXPECT_THAT(fault_of(), HasSubstr("`value` the Arrow format `" + std::string(format) + "`"));
  }
  ArrowSchema words = column_;
  words.format = "g";
  column_.format = "i";
  column_.dictionary = &words;
  EXPECT_THAT(fault_of(), HasSubstr("with a dictionary"));
}

}  // namespace
}  // namespace penstock::batch
