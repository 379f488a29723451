#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "architecture/source_tree.hpp"

namespace penstock::architecture {
namespace {

using Rooms = std::set<std::string>;

// What each room of core may include besides itself.
const std::map<std::string, Rooms> allowed = {
    {"diagnostic", {}},
    {"plugin", {"diagnostic"}},
    {"batch", {"diagnostic"}},
    {"changelog", {"diagnostic"}},
    {"log", {"diagnostic"}},
    {"pipeline", {"diagnostic", "plugin", "batch"}},
    {"execution", {"diagnostic", "plugin", "batch", "changelog", "pipeline"}},
    {"conformance", {"diagnostic", "plugin", "batch", "changelog", "execution"}},
    {"cli", {"diagnostic", "plugin", "batch", "changelog", "pipeline", "execution", "conformance", "log"}},
};

std::string first_part(const std::string& path) { return path.substr(0, path.find('/')); }

std::string room_of(const std::string& path) {
  const std::string below = path.substr(path.find('/') + 1);
  return first_part(below);
}

TEST(Includes, OfCoreFollowTheLinkGraph) {
  for (const SourceFile& file : source_files("core")) {
    const std::string room = room_of(file.path);
    ASSERT_TRUE(allowed.contains(room)) << file.path << " is in a room that the architecture does not know";
    for (const std::string& name : includes(file)) {
      const std::string other = first_part(name);
      if (!allowed.contains(other) || other == room) continue;
      EXPECT_TRUE(allowed.at(room).contains(other)) << file.path << " includes " << name;
    }
  }
}

TEST(Includes, OfCoreTakeTheCBoundaryAndNotTheCppApi) {
  for (const SourceFile& file : source_files("core"))
    for (const std::string& name : includes(file))
      EXPECT_TRUE(!name.starts_with("penstock/") || name == "penstock/abi.h" || name.starts_with("penstock/abi/"))
          << file.path << " includes " << name;
}

TEST(Includes, OfTheSdkAreItsOwnOrTheStandardLibrarys) {
  for (const SourceFile& file : source_files("sdk/include"))
    for (const std::string& name : includes(file))
      EXPECT_TRUE(name.starts_with("penstock/") || name.find('/') == std::string::npos)
          << file.path << " includes " << name;
}

TEST(Includes, OfPluginsReachTheSdkAndNeverCore) {
  for (const SourceFile& file : source_files("plugins"))
    for (const std::string& name : includes(file))
      EXPECT_FALSE(allowed.contains(first_part(name)) || name.find("..") != std::string::npos)
          << file.path << " includes " << name;
}

TEST(Includes, OfHeavyLibrariesStandInNoHeaderOfOurs) {
  for (const SourceFile& file : source_files("core")) {
    if (!file.path.ends_with(".hpp")) continue;
    for (const std::string& name : includes(file))
      for (const char* heavy : {"boost/", "CLI/", "yaml.h"})
        EXPECT_FALSE(name.starts_with(heavy)) << file.path << " includes " << name;
  }
}

TEST(Includes, OfBoostLogStandInTheLogRoomOnly) {
  for (const SourceFile& file : source_files("core"))
    for (const std::string& name : includes(file))
      EXPECT_TRUE(!name.starts_with("boost/log/") || room_of(file.path) == "log")
          << file.path << " includes " << name;
}

}  // namespace
}  // namespace penstock::architecture
