#include "log/host_log.hpp"

#include <array>
#include <atomic>
#include <boost/log/attributes/value_extraction.hpp>
#include <boost/log/core/core.hpp>
#include <boost/log/expressions/message.hpp>
#include <boost/log/sinks/async_frontend.hpp>
#include <boost/log/sinks/basic_sink_backend.hpp>
#include <boost/log/sinks/bounded_fifo_queue.hpp>
#include <boost/log/sources/logger.hpp>
#include <boost/log/sources/record_ostream.hpp>
#include <boost/log/sources/severity_logger.hpp>
#include <boost/log/utility/formatting_ostream.hpp>
#include <boost/thread/exceptions.hpp>
#include <chrono>
#include <cstdio>
#include <ostream>
#include <string>

#include "diagnostic/render.hpp"

namespace penstock::log {
namespace {

namespace sinks = boost::log::sinks;
namespace sources = boost::log::sources;

/** Lines that found the backlog full. Shared by the process, as Boost.Log's core is; the queue keeps its strategy private. */
std::atomic<std::uint64_t> lost{0};

/** Boost's `drop_on_overflow`, which counts. Called under the lock of the queue. */
struct CountOverflow {
  template <typename Lock>
  static bool on_overflow(const boost::log::record_view&, Lock&) {
    lost.fetch_add(1, std::memory_order_relaxed);
    return false;
  }
  static void on_queue_space_available() {}
  static void interrupt() {}
};

struct Heading {
  std::string_view text, colour;
};
constexpr std::array<Heading, 4> headings = {
    {{"[DEBUG]", "\x1b[2m"}, {"[INFO]", "\x1b[1m"}, {"[WARNING]", "\x1b[1;33m"}, {"[ERROR]", "\x1b[1;31m"}}};
constexpr std::array<std::string_view, 4> names = {"debug", "info", "warning", "error"};

constexpr std::string_view erase_line = "\r\x1b[K";

/** RFC 3339 in UTC, of now. */
std::string time_text() {
  using namespace std::chrono;
  const auto now = floor<milliseconds>(system_clock::now());
  const auto day = floor<days>(now);
  const year_month_day date(day);
  const hh_mm_ss time(now - day);
  std::array<char, 64> text{};
  const int length =
      std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                    static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                    static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
  return {text.data(), static_cast<std::size_t>(length)};
}

std::string json_line(Level level, std::string_view node, std::string_view text) {
  using diagnostic::json_string;
  return "{\"time\":\"" + time_text() + "\",\"level\":" + json_string(names[static_cast<std::size_t>(level)]) +
         ",\"node\":" + (node.empty() ? "null" : json_string(node)) + ",\"message\":" + json_string(text) + '}';
}

using Requirements = sinks::combine_requirements<sinks::synchronized_feeding, sinks::flushing>::type;

/** Writes lines; called by one thread at a time. */
class Backend : public sinks::basic_formatted_sink_backend<char, Requirements> {
 public:
  Backend(std::ostream& out, Format format) : out_(out), format_(format) {}

  void consume(const boost::log::record_view&, const std::string& line) {
    erase_below();
    out_ << line << '\n';
    say_what_was_lost();
    out_ << below_ << std::flush;
  }

  void flush() {
    erase_below();
    below_.clear();
    say_what_was_lost();
    out_.flush();
  }

  void show_below(std::string_view text) {
    erase_below();
    below_ = text;
    out_ << below_ << std::flush;
  }

 private:
  void erase_below() {
    if (!below_.empty()) out_ << erase_line;
  }

  void say_what_was_lost() {
    const std::uint64_t lines = lost.exchange(0, std::memory_order_relaxed);
    if (lines == 0) return;
    const std::string text = std::to_string(lines) + " lines of this log were lost, their reader is too slow";
    out_ << (format_ == Format::json ? json_line(Level::warning, {}, text) : "[WARNING] " + text) << '\n';
  }

  std::ostream& out_;
  Format format_;
  std::string below_;  ///< what stands in the last line of a terminal; empty: nothing
};

using Sink = sinks::asynchronous_sink<Backend, sinks::bounded_fifo_queue<HostLog::backlog, CountOverflow>>;

void format(const boost::log::record_view& record, boost::log::formatting_ostream& out, bool colour) {
  const auto message = boost::log::extract<std::string>("Message", record);
  const auto level = boost::log::extract<Level>("Severity", record);
  if (level) {
    const Heading& heading = headings[static_cast<std::size_t>(*level)];
    out << (colour ? heading.colour : "") << heading.text << (colour ? "\x1b[0m" : "") << ' ';
  }
  if (message) out << *message;
}

/** With a thread that writes. Where none can be started, lines wait in the backlog until somebody flushes the log. */
boost::shared_ptr<Sink> make_sink(std::ostream& out, Format format) {
  const auto backend = boost::make_shared<Backend>(out, format);
  try {
    return boost::make_shared<Sink>(backend);
  } catch (const boost::thread_resource_error&) {
    return boost::make_shared<Sink>(backend, false);
  }
}

}  // namespace

std::optional<Level> level_named(std::string_view name) noexcept {
  for (std::size_t level = 0; level < names.size(); ++level)
    if (names[level] == name) return static_cast<Level>(level);
  return std::nullopt;
}

class HostLog::Impl {
 public:
  Impl(std::ostream& out, const LogOptions& options)
      : least_(options.least), format_(options.format), sink_(make_sink(out, options.format)) {
    sink_->set_formatter(
        [colour = options.colour](const boost::log::record_view& record, boost::log::formatting_ostream& stream) {
          format(record, stream, colour);
        });
    boost::log::core::get()->add_sink(sink_);
  }

  ~Impl() {
    boost::log::core::get()->remove_sink(sink_);
    sink_->stop();
    sink_->flush();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void write(Level level, std::string_view node, std::string_view text) {
    if (level < least_) return;
    if (format_ == Format::json) {
      BOOST_LOG(plain_) << json_line(level, node, text);
      return;
    }
    // In the text and not a channel: a channel belongs to the logger, and records of all threads would share its value.
    BOOST_LOG_SEV(lines_, level) << diagnostic::printable(node) << (node.empty() ? "" : ": ")
                                 << diagnostic::printable(text);
  }

  void audit(std::string_view line) {
    if (Level::info < least_) return;
    if (format_ == Format::json)
      BOOST_LOG(plain_) << json_line(Level::info, {}, line);
    else
      BOOST_LOG(plain_) << line;
  }

  void show_below(std::string_view text) { sink_->locked_backend()->show_below(text); }

  void flush() { sink_->flush(); }

 private:
  Level least_;
  Format format_;
  boost::shared_ptr<Sink> sink_;
  sources::severity_logger_mt<Level> lines_;
  sources::logger_mt plain_;
};

HostLog::HostLog(std::ostream& out, const LogOptions& options) : impl_(std::make_unique<Impl>(out, options)) {}
HostLog::~HostLog() = default;

void HostLog::write(Level level, std::string_view node, std::string_view text) { impl_->write(level, node, text); }
void HostLog::audit(std::string_view line) { impl_->audit(line); }
void HostLog::show_below(std::string_view text) { impl_->show_below(text); }
void HostLog::flush() { impl_->flush(); }

}  // namespace penstock::log
