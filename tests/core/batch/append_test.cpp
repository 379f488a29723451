#include "batch/append.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <limits>

namespace penstock::batch {
namespace {

constexpr std::int32_t most = std::numeric_limits<std::int32_t>::max();

TEST(Append, TellsWhereTheTextsOfTwoBatchesAreTooManyForOneColumn) {
  const Schema schema{{"note", Type::text, false}};
  std::array<std::int32_t, 2> held{0, most - 5}, more{100, 105};
  Batch gathered{.schema = &schema, .columns = {Column{.values = held.data()}}, .rows = 1};
  const Batch batch{.schema = &schema, .columns = {Column{.values = more.data()}}, .rows = 1};
  EXPECT_TRUE(fits_behind(gathered, batch));
  more[1] = 106;
  EXPECT_FALSE(fits_behind(gathered, batch));
  gathered.rows = 0;
  EXPECT_TRUE(fits_behind(gathered, batch)) << "nothing is held yet";
}

}  // namespace
}  // namespace penstock::batch
