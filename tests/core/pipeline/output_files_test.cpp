#include "pipeline/output_files.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "core/pipeline/bench.hpp"

namespace penstock::pipeline {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class OutputFiles : public Bench {};

TEST_F(OutputFiles, RefusesOneRejectsFileForTwoNodes) {
  const auto both = [](const std::string& one, const std::string& other) {
    return "source: {type: csv_reader, path: x, on_bad_row: reject, rejects: " + one +
           "}\nsink: {type: console, on_bad_row: reject, rejects: " + other + "}\n";
  };
  std::filesystem::create_directory(directory_ / "bad");
  std::filesystem::create_directory_symlink("bad", directory_ / "link");
  const std::string bad = (directory_ / "bad").string(), here = directory_.string();
  for (const auto& [one, other] :
       std::vector<std::pair<std::string, std::string>>{{"bad.jsonl", "bad.jsonl"},
                                                        {"bad.jsonl", "./bad.jsonl"},
                                                        {bad + "/b.jsonl", here + "/link/b.jsonl"},
                                                        {here + "/b.jsonl", here + "/bad/../b.jsonl"}}) {
    EXPECT_FALSE(compile(both(one, other))) << one << ' ' << other;
    EXPECT_THAT(said(), AllOf(HasSubstr("PS0406"), HasSubstr("p.yaml:2:52"),
                              HasSubstr("`console` cannot write its rejected rows to a file that is used already"),
                              HasSubstr("`csv_reader` writes its own there, from p.yaml:1:66")));
  }
  EXPECT_TRUE(compile(both("bad.jsonl", "worse.jsonl"))) << said();
  std::ofstream(directory_ / "same.jsonl") << "{}\n";
  std::filesystem::create_hard_link(directory_ / "same.jsonl", directory_ / "other.jsonl");
  EXPECT_FALSE(compile(both(here + "/same.jsonl", here + "/other.jsonl")));
  EXPECT_TRUE(compile(both("/dev/null", "/dev/null"))) << said();
}

TEST_F(OutputFiles, NeverEmptiesAFileOfTheRunForItsRejects) {
  EXPECT_FALSE(
      compile("source: {type: csv_reader, path: x.csv, on_bad_row: reject, rejects: ./x.csv}\n"
              "sink: {type: console}\n"));
  EXPECT_THAT(said(), HasSubstr("it is `path` of `csv_reader`, from p.yaml:1:"));
  EXPECT_FALSE(compile("source: {type: csv_reader, path: x.csv, on_bad_row: reject, rejects: " + file().string() +
                       "}\nsink: {type: console}\n"));
  EXPECT_THAT(said(), HasSubstr("it is the pipeline file"));
}

TEST_F(OutputFiles, NeverWritesOverThePipelineItself) {
  add("penstock:1\tname:writer\tinterface:Sink 1.0\tsdk:1.0\n"
      "method:create\tsignature:(host) -> instance\nmethod:destroy\tsignature:() -> nothing\n"
      "param:path\ttype:path\trequired:yes\texample:out.csv\tdoc:the file to write\n");
  const auto to = [](const std::string& path) {
    return "source: {type: csv_reader, path: x}\nsink: {type: writer, path: " + path + "}\n";
  };
  EXPECT_FALSE(compile(to(directory_.string() + "/./p.yaml")));
  EXPECT_THAT(said(), AllOf(HasSubstr("PS0406"), HasSubstr("p.yaml:2:"),
                            HasSubstr("`writer` cannot write to this file"), HasSubstr("it is the pipeline file")));
  request_.change_log = directory_ / "p.changes";
  for (const std::string file : {"/p.changes/000001.seg", "/p.changes", "/x/../p.changes/rings/1.ring"}) {
    EXPECT_FALSE(compile(to(directory_.string() + file)));
    EXPECT_THAT(said(), HasSubstr("it belongs to the change log"));
  }
  EXPECT_FALSE(compile("source: {type: csv_reader, path: x, on_bad_row: reject, rejects: " + directory_.string() +
                       "/p.changes/LOCK}\nsink: {type: console}\n"));
  EXPECT_THAT(said(), HasSubstr("it belongs to the change log"));
  EXPECT_TRUE(compile(to(directory_.string() + "/p.changes.csv"))) << said();
  EXPECT_TRUE(compile(to(directory_.string() + "/out.csv"))) << said();
}

}  // namespace
}  // namespace penstock::pipeline
