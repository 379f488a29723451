#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/verdict.hpp"
#include "diagnostic/diagnostic.hpp"

namespace penstock::conformance {

using diagnostic::Comparison;
using diagnostic::Diagnostic;

enum class Result : std::uint8_t { pass, warn, fail, crash, timeout, skip };

/** `pass`, `warn`, ... Static text. */
[[nodiscard]] std::string_view name(Result result) noexcept;

/** A plugin is not to be shipped with it. */
[[nodiscard]] constexpr bool is_failure(Result result) noexcept {
  return result == Result::fail || result == Result::crash || result == Result::timeout;
}

/** Something that a test found. */
struct Finding {
  Diagnostic what;  ///< its code counts only if it stands in `code`
  std::string code =
      {};  ///< `PS0201`, when the gate says the same; what a test finds itself has no code but the test's id
};

/** What came of one test. */
struct Outcome {
  Result result = Result::pass;
  std::string reason = {};  ///< why it was skipped
  bool is_open = false;     ///< skipped because of this machine and not of the plugin: nothing is proved
  std::vector<Finding> findings = {};
  std::string output = {};    ///< beginning of what was written meanwhile
  std::uint64_t written = 0;  ///< bytes of all that was
  std::chrono::nanoseconds time{};
};

/** What a test concerns: a library as a whole, each type of it, or each type of one interface. */
enum class Kind : std::uint8_t { library, type, source, stage, sink };

/** `library`, `type`, `Source`, ... Static text. */
[[nodiscard]] std::string_view name(Kind kind) noexcept;

/** A library, and for all kinds but `library` a type of it. */
struct Subject {
  const Verdict& library;
  const JudgedType* type = nullptr;
};

struct Case;
/** Says what `subject` is like by the measure of `test`. */
using Judge = Outcome (*)(const Case& test, const Subject& subject);

/** What `penstock explain` says of a test, in sentences. */
struct Page {
  std::string_view done;   ///< what the test does
  std::string_view fails;  ///< how a plugin comes to fail it
  std::string_view mend;   ///< what its author does then
};

/** A test is data: a new one is a row in a file of cases/. */
struct Case {
  std::string_view id;  ///< stable for ever: reports, waivers and pages name it
  Kind kind = Kind::library;
  int level = 1;              ///< 1 runs no code of the plugin; the others do, each in a child of its own
  std::string_view sentence;  ///< what a plugin that passes keeps to
  Judge judge = nullptr;
  std::string_view needs = {};   ///< the test without which this one means nothing; empty: none
  std::string_view doing = {};   ///< what the library did meanwhile: `was loaded`. It stands in what is said of a crash
  std::string_view remedy = {};  ///< what is to be mended when it crashes, hangs or exits then
  bool silent = false;           ///< nothing may be written meanwhile
  Page page = {};
};

/** Every test, in the order of the ids: the rows of the files in cases/. */
[[nodiscard]] std::span<const Case> cases();
[[nodiscard]] std::span<const Case> reading_cases();  ///< level 1
[[nodiscard]] std::span<const Case> loading_cases();  ///< level 2

/** The highest level that has tests. */
inline constexpr int highest_level = 2;

}  // namespace penstock::conformance
