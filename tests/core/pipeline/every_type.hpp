#pragma once

#include "core/pipeline/bench.hpp"

namespace penstock::pipeline {

/** A stage with a parameter of each type. */
inline const std::string every_type =
    "penstock:1\tname:every_type\tinterface:Stage 1.0\tsdk:1.0\trows:same\n"
    "method:create\tsignature:(host) -> instance\nmethod:destroy\tsignature:() -> nothing\n"
    "param:flag\ttype:bool\tdefault:false\tdoc:a flag\n"
    "param:count\ttype:i64\tdefault:-3\tmin:-10\tmax:10\tdoc:a count\n"
    "param:limit\ttype:f64\tdefault:100\tmax:200\tunit:degC\tdoc:a limit\n"
    "param:label\ttype:text\tdefault:none\tdoc:a label\n"
    "param:mode\ttype:choice\tdefault:fast\tchoices:fast|exact\tdoc:a mode\n"
    "param:every\ttype:duration\tdefault:1000000000\tmin:1000000\tdoc:an interval\n"
    "param:file\ttype:path\tdefault:\tdoc:a file\n"
    "param:words\ttype:text\tlist:yes\tdefault:a|b\tdoc:some words\n"
    "param:token\ttype:text\tsecret:yes\tdefault:\tdoc:a token\n"
    "param:pin\ttype:u64\tsecret:yes\tdefault:0\tdoc:a pin\n";

/** What operators get wrong in a pipeline file, by table: each input with the words that its report must hold. */
class EveryType : public Bench {
 protected:
  struct Case {
    std::string input;
    std::vector<std::string> says;
  };

  EveryType() { add(every_type); }

  static std::string pipeline_of(const std::string& stage) {
    return "source: {type: csv_reader, path: r.csv}\nstages:\n  - " + stage + "\nsink: {type: console}\n";
  }
  static std::string of(const std::string& parameter) { return pipeline_of("type: every_type\n    " + parameter); }

  void expect_refused(const std::vector<Case>& table, std::string (*make)(const std::string&)) {
    for (const Case& row : table) {
      EXPECT_FALSE(compile(make(row.input))) << row.input;
      for (const std::string& words : row.says) EXPECT_THAT(said(), testing::HasSubstr(words)) << row.input;
      EXPECT_EQ(found_.errors(), 1u) << row.input << "\n" << said();
      EXPECT_THAT(hosts_->names(), testing::IsEmpty()) << "an instance was made for a file with faults: " << row.input;
    }
  }
  /** The value that `parameter: text` gives, as it is announced. */
  std::string value(const std::string& written) {
    EXPECT_TRUE(compile(of(written))) << said();
    const std::string name = written.substr(0, written.find(':'));
    for (const ParameterValue& announced : hosts_->parameters)
      if (announced.node == "every_type" && announced.parameter == name) return announced.text;
    return "not announced";
  }
};

}  // namespace penstock::pipeline
