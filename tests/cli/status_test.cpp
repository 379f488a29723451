#include "cli/status.hpp"

#include <gtest/gtest.h>

namespace penstock::cli {
namespace {

using diagnostic::Code;
using diagnostic::Severity;

Status status_of_codes(std::initializer_list<Code> codes, Severity severity = Severity::error) {
  Diagnostics found;
  for (const Code code : codes) found.add({.code = code, .summary = "", .severity = severity});
  return status_of(found);
}

TEST(Status, IsWellWithoutErrors) {
  EXPECT_EQ(status_of_codes({}), Status::well);
  EXPECT_EQ(status_of_codes({Code::PS0201, Code::PS0401}, Severity::warning), Status::well);
}

TEST(Status, FollowsTheRangeOfTheCode) {
  EXPECT_EQ(status_of_codes({Code::PS0001}), Status::usage);
  EXPECT_EQ(status_of_codes({Code::PS0401}), Status::usage);
  EXPECT_EQ(status_of_codes({Code::PS0101}), Status::refused);
  EXPECT_EQ(status_of_codes({Code::PS0201}), Status::refused);
  EXPECT_EQ(status_of_codes({Code::PS0301}), Status::refused);
  EXPECT_EQ(status_of_codes({Code::PS0501}), Status::failed);
  EXPECT_EQ(status_of_codes({Code::PS0601}), Status::failed);
}

TEST(Status, PutsUsageBeforeARefusedPluginBeforeAFailedRun) {
  EXPECT_EQ(status_of_codes({Code::PS0201, Code::PS0401}), Status::usage);
  EXPECT_EQ(status_of_codes({Code::PS0401, Code::PS0201}), Status::usage);
  EXPECT_EQ(status_of_codes({Code::PS0501, Code::PS0201, Code::PS0601}), Status::refused);
}

TEST(Status, CallsResultsThatCannotBeWrittenAFailureAndNotWrongUsage) {
  EXPECT_EQ(status_of_codes({Code::PS0002}), Status::failed);
}

}  // namespace
}  // namespace penstock::cli
