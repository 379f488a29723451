// One stage, built in every way in which people build plugins; TYPE is its name in each. It uses what such builds do
// differently: texts, containers, exceptions, inline statics, metrics.
#include <cstdlib>
#include <penstock/sdk.hpp>
#include <stdexcept>
#include <string>
#include <vector>

/** One for each library, though every build has these names: were it one for the process, the stages would count each
 *  other, and each would add too much. */
struct Plant {
  inline static int stages = 0;
  static std::int64_t& additions() {
    static std::int64_t count = 0;
    return count;
  }
};

#if defined(__cpp_exceptions)
/** Thrown and caught in each library, under one name in all. */
struct NoNumber : std::runtime_error {
  using std::runtime_error::runtime_error;
};
#endif

namespace {

class Adds {
  PENSTOCK_PARAM(std::string, numbers, "1", "what is added to the readings in turn: numbers with a blank between them");
  PENSTOCK_METRIC(double, added, "sum of what was added");
  PENSTOCK_METRIC(std::int64_t, additions, "readings changed by this library");
  struct Reading {
    PENSTOCK_WRITES(double, value, "the reading");
  };
  penstock::Host& host_;
  std::vector<double> numbers_;
  std::size_t turn_ = 0;

#if defined(__cpp_exceptions)
  static double number(const std::string& word) try { return std::stod(word); } catch (const std::logic_error&) {
    throw NoNumber("`" + word + "` is no number");
  }
  void take(const std::string& word) try { numbers_.push_back(number(word)); } catch (const NoNumber& fault) {
    throw penstock::Refused(numbers, fault.what());
  }
#else
  void take(const std::string& word) {
    char* end = nullptr;
    numbers_.push_back(std::strtod(word.c_str(), &end));
    if (end == word.c_str()) host_.fail(penstock::Refused(numbers, "`" + word + "` is no number"));
  }
#endif

 public:
  explicit Adds(penstock::Host& host) : host_(host) { ++Plant::stages; }
  ~Adds() { --Plant::stages; }

  void configure() {
    numbers_.clear();
    const std::string text = *numbers + ' ';
    for (std::size_t begin = 0, end = 0; (end = text.find(' ', begin)) != std::string::npos; begin = end + 1)
      take(text.substr(begin, end - begin));
  }
  void process(Reading& reading) {
    const double number = numbers_[turn_++ % numbers_.size()] * Plant::stages;
    reading.value += number;
    added += number;
    additions = ++Plant::additions();
  }
};

}  // namespace

#define EXPORT_AS(type) PENSTOCK_EXPORT(Stage, Adds, type)
EXPORT_AS(TYPE)
