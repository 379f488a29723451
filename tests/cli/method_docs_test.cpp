#include "cli/method_docs.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "plugin/interface.hpp"

namespace penstock::cli {
namespace {

using testing::StartsWith;

const MethodDoc& doc_of(std::string_view method) { return *std::ranges::find(method_docs(), method, &MethodDoc::name); }

TEST(MethodDocs, AreWhatTheHeaderSaysOfEachMethod) {
  const MethodDoc& process = doc_of("process");
  EXPECT_EQ(process.says, "Handles one batch.");
  EXPECT_EQ(process.declaration, "penstock_status process(void* self, penstock_batch* batch)");
  EXPECT_EQ(process.need, "required");
  EXPECT_EQ(process.since, "1.0");
  EXPECT_EQ(doc_of("configure").need, "required of a type with parameters");
  EXPECT_THAT(doc_of("seek").says, StartsWith("Makes the next `open` start after this position. Having it declares"));
}

TEST(MethodDocs, AgreeWithTheListsOnWhatIsRequired) {
  for (const auto interface : {plugin::Interface::source, plugin::Interface::stage, plugin::Interface::sink})
    for (const plugin::MethodRule& method : methods_of(interface)) {
      EXPECT_EQ(doc_of(method.name).need == "required", method.required) << method.name;
      EXPECT_THAT(std::string(doc_of(method.name).need), testing::MatchesRegex("required|optional|required of .*"));
    }
}

TEST(MethodDocs, EndWithAFullStop) {
  for (const MethodDoc& doc : method_docs()) EXPECT_TRUE(doc.says.ends_with('.')) << doc.name << ": " << doc.says;
}

}  // namespace
}  // namespace penstock::cli
