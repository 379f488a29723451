#include "plugin/sanitizer.hpp"

#include <gmock/gmock.h>

#include "core/plugin/found.hpp"
#include "plugin/trial.hpp"

namespace penstock::plugin {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

TEST(Sanitizer, IsNotNeededByAPlainLibraryOrByWhatIsNone) {
  EXPECT_THAT(advise_on_sanitizer(PENSTOCK_LIBRARIES "/libneeded_base.so"), IsEmpty());
  EXPECT_THAT(advise_on_sanitizer(PENSTOCK_SEEDS "/text_good"), IsEmpty());
  EXPECT_THAT(advise_on_sanitizer("/nowhere/libgone.so"), IsEmpty());
}

TEST(Sanitizer, OfALibraryThatEndsTheTrialHasToComeFirst) {
#if defined(PENSTOCK_LIBRARY_WITH_SANITIZER)
  Diagnostics found;
  try_loading(std::vector<std::filesystem::path>{PENSTOCK_LIBRARY_WITH_SANITIZER}, found);
  EXPECT_THAT(codes(found), testing::ElementsAre("PS0117"));
  EXPECT_THAT(text_of(found), HasSubstr("help: it is built with AddressSanitizer, whose library must be loaded first: "
                                        "start the host with `LD_PRELOAD=libasan.so."));
  EXPECT_THAT(text_of(found), Not(HasSubstr("mend what runs while it is loaded")));
#else
  GTEST_SKIP() << "needs GCC with AddressSanitizer, and a program without";
#endif
}

TEST(Sanitizer, IsNotBlamedForACrashOfAnotherKind) {
#if defined(PENSTOCK_LIBRARY_WITH_SANITIZER)
  const std::filesystem::path library = PENSTOCK_LIBRARY_WITH_SANITIZER;
  EXPECT_THAT(advise_on_sanitizer(library, "terminate called after throwing"), IsEmpty());
  EXPECT_THAT(advise_on_sanitizer(library, "==7==ASan runtime does not come first in initial library list"),
              HasSubstr("LD_PRELOAD=libasan.so."));
#else
  GTEST_SKIP() << "needs GCC with AddressSanitizer, and a program without";
#endif
}

TEST(Sanitizer, IsToldByTheSymbolsThatItsCompilerLeavesOpen) {
  EXPECT_THAT(advise_on_sanitizer_symbol("__asan_report_load8"), StartsWith("it is built with AddressSanitizer, "));
  EXPECT_THAT(advise_on_sanitizer_symbol("__tsan_func_entry"), StartsWith("it is built with ThreadSanitizer, "));
  EXPECT_THAT(advise_on_sanitizer_symbol("__ubsan_handle_pointer_overflow"), HasSubstr("UndefinedBehavior"));
  EXPECT_THAT(advise_on_sanitizer_symbol("asan_of_the_plant"), IsEmpty());
}

}  // namespace
}  // namespace penstock::plugin
