#include "plugin/load.hpp"

#include <gmock/gmock.h>

#include <clocale>
#include <cstdio>
#include <filesystem>

#include "core/plugin/found.hpp"
#include "plugin/process_state.hpp"

namespace penstock::plugin {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/** Loads a library that exports no type, and so ends with PS0111, after what it did is reported. */
Diagnostics said_of_loading(const std::string& name) {
  Diagnostics found;
  ExportedType type;
  type.manifest.name = "no_type";
  type.library = std::filesystem::path(PENSTOCK_LIBRARIES) / ("libon_load_" + name + ".so");
  EXPECT_FALSE(load(type, found));
  EXPECT_THAT(codes(found), Contains("PS0111"));
  return found;
}

TEST(Load, SaysWhatALibraryChangedOfTheProcess) {
  const Diagnostics found = said_of_loading("change_locale");
  std::setlocale(LC_ALL, "C");
  EXPECT_THAT(
      text_of(found),
      StartsWith("warning[PS0118]: library `libon_load_change_locale.so` changed the process while it was loaded\n"));
  EXPECT_THAT(text_of(found), HasSubstr("   |  locale   expected  C\n"));
}

TEST(Load, PutsFloatingPointBack) {
  const FloatingPoint before = floating_point();
  const Diagnostics found = said_of_loading("flush_denormals");
  EXPECT_EQ(floating_point(), before);
#if defined(__x86_64__)
  EXPECT_THAT(text_of(found), HasSubstr("the smallest numbers become 0"));
#endif
}

TEST(Load, KeepsWhatALibraryPrintsOutOfTheOutputOfTheHost) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  std::printf("before ");
  EXPECT_THAT(codes(said_of_loading("print")), Not(Contains("PS0118"))) << "the descriptors are as they were";
  std::printf("behind");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "before behind");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "hello\n");
}

TEST(Load, SaysNothingOfALibraryThatLeavesItAlone) {
  EXPECT_THAT(codes(said_of_loading("nothing")), Not(Contains("PS0118")));
}

}  // namespace
}  // namespace penstock::plugin
