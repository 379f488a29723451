#include "changelog/change_log.hpp"

#include <atomic>
#include <deque>
#include <mutex>
#include <system_error>
#include <utility>

#include "changelog/clock.hpp"
#include "changelog/collect.hpp"
#include "changelog/directory.hpp"
#include "changelog/recover.hpp"
#include "changelog/ring_set.hpp"

namespace penstock::changelog {
namespace {

using diagnostic::Code;
namespace fs = std::filesystem;

bool make_directories(const fs::path& log, Diagnostics& found) {
  std::error_code error;
  fs::create_directories(ring_directory(log), error);
  if (!error) return true;
  found.add({.code = Code::PS0601,
             .summary = "the change log's directory cannot be made",
             .place = {.file = log.string()},
             .notes = {error.message()},
             .help = {"give a directory that this user may write to, with `--change-log`"}});
  return false;
}

}  // namespace

class ChangeLog::Impl {
 public:
  Impl(const Options& options, DirectoryLock lock, std::uint32_t run)
      : directory_(options.directory),
        lock_(std::move(lock)),
        run_(run),
        rings_(ring_directory(directory_), run, options.ring_bytes, clock_) {}

  /** Makes the shared ring and starts the collector. */
  bool start(SegmentWriter writer, Options& options, Diagnostics& found) {
    rings_.set_anchor(clock_.calibrate());
    if (!rings_.open(found)) return false;
    collector_.emplace(clock_, rings_, std::move(writer), run_, options.run,
                       Live{std::move(options.on_changes), options.live_per_second});
    lifecycle({}, "started", {});
    if (!rings_.has_given_up()) return true;
    report_failure(found);
    return false;
  }

  Recorder& add_node(NodeInfo info) {
    Recorder* recorder = nullptr;
    collector_->perform([&] {
      const auto number = static_cast<std::uint32_t>(recorders_.size());
      recorder = &recorders_.emplace_back(rings_, number);
      collector_->define({number, std::move(info)});
    });
    return recorder != nullptr ? *recorder : Recorder::null();  // there was no memory for it: the log has failed
  }

  void append(Change change) {
    collector_->perform([&] { collector_->append(std::move(change)); });
  }

  void lifecycle(std::string_view node, std::string_view event, std::string_view detail) {
    append({.node = std::string(node),
            .metric = std::string(event),
            .kind = Kind::lifecycle,
            .reason = std::string(detail)});
  }

  void flush() {
    collector_->perform([] {});
  }

  [[nodiscard]] bool failed() const noexcept { return rings_.has_given_up(); }

  Totals close(Diagnostics& found) {
    if (is_closed_) return totals_;
    is_closed_ = true;
    std::string gap;
    std::uint64_t lost = 0;
    collector_->perform([&] {
      gap = collector_->failure();
      collector_->retry();  // there may be room again
      if (lost = rings_.lost(); lost > 0)
        collector_->append({.metric = "changes_lost",
                            .kind = Kind::lifecycle,
                            .reason = std::to_string(lost) + " assignments found no room and are lost: " + gap});
      collector_->append({.metric = "ended", .kind = Kind::lifecycle});
      collector_->append_close();
    });
    collector_->stop();
    SegmentWriter& writer = collector_->writer();
    const LogEnd& end = writer.end();
    const CloseRecord& counted = collector_->totals();
    totals_ = {counted.changes, counted.rejected, counted.waits, hex(end.head)};
    if (!collector_->failure().empty()) {
      report_failure(found);
    } else if (!writer.finish()) {
      found.add(
          {.code = Code::PS0606, .summary = "the change log cannot be cut to its length", .notes = {writer.failure()}});
    } else {
      lock_.note({end.blocks, totals_.head});
      rings_.forget_lost();
      if (lost > 0)
        report_lost(lost, gap, found);
      else if (!gap.empty())
        report_gap(gap, found);
      remove_rings(found);
    }
    return totals_;
  }

 private:
  void report_failure(Diagnostics& found) {
    const std::uint64_t waiting = collector_->pending();
    diagnostic::Diagnostic failure{
        .code = Code::PS0606,
        .summary = "the change log cannot be written any more",
        .place = {.file = directory_.string()},
        .notes = {collector_->failure()},
        .help = {"make room on that disk; the next run with this change log goes on from here"}};
    if (waiting > 0)
      failure.notes.push_back(std::to_string(waiting) + " changes are in `rings/`; the next run puts them on the log");
    if (rings_.lost() > 0)
      failure.notes.push_back(std::to_string(rings_.lost()) + " later changes found no room there and are lost");
    found.add(std::move(failure));
  }

  void report_lost(std::uint64_t lost, const std::string& why, Diagnostics& found) {
    found.add({.code = Code::PS0609,
               .summary = std::to_string(lost) + " changes were lost: for a while the log could not be written",
               .place = {.file = directory_.string()},
               .notes = {why, "the rings were full; the log says so before its close record"},
               .help = {"make room on that disk before the next run"}});
  }

  void report_gap(const std::string& why, Diagnostics& found) {
    found.add({.code = Code::PS0606,
               .summary = "for a while the change log could not be written, and the run ended",
               .place = {.file = directory_.string()},
               .notes = {why, "no change is lost: the rings held them until it could be written again"},
               .help = {"make sure of that disk before the next run"}});
  }

  void remove_rings(Diagnostics& found) {
    if (const std::uint64_t late = collector_->pending(); late > 0) {
      found.add({.code = Code::PS0609,
                 .summary = std::to_string(late) + " changes were recorded after the end of the run",
                 .place = {.file = ring_directory(directory_).string()},
                 .notes = {"a thread of a plugin goes on after `close`; the next run puts them on the log"},
                 .severity = diagnostic::Severity::warning});
      return;
    }
    std::error_code unsaid;  // a ring that stays is empty, and the next run removes it
    for (const fs::path& ring : list_rings(directory_)) fs::remove(ring, unsaid);
  }

  fs::path directory_;
  DirectoryLock lock_;
  std::uint32_t run_;
  Clock clock_;
  RingSet rings_;
  std::deque<Recorder> recorders_;
  std::optional<Collector> collector_;
  bool is_closed_ = false;
  Totals totals_;
};

std::unique_ptr<ChangeLog> ChangeLog::open(Options options, Diagnostics& found) {
  try {
    if (!make_directories(options.directory, found)) return nullptr;
    auto lock = DirectoryLock::take(options.directory, found);
    if (!lock) return nullptr;
    auto inherited = inherit(options.directory, found);
    if (!inherited) return nullptr;
    lock->claim();
    SegmentWriter writer(options.directory, options.segment_bytes, inherited->end, std::move(inherited->definitions));
    if (!recover(options.directory, *inherited, writer, found)) return nullptr;

    auto impl = std::make_unique<Impl>(options, std::move(*lock), inherited->end.run + 1);
    if (!impl->start(std::move(writer), options, found)) return nullptr;
    return std::unique_ptr<ChangeLog>(new ChangeLog(std::move(impl)));
  } catch (const std::exception& error) {
    found.add({.code = Code::PS0601,
               .summary = "the change log cannot be opened",
               .place = {.file = options.directory.string()},
               .notes = {error.what()}});
    return nullptr;
  }
}

ChangeLog::ChangeLog(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}

ChangeLog::~ChangeLog() {
  Diagnostics lost;
  (void)impl_->close(lost);
}

Recorder& ChangeLog::add_node(NodeInfo node) { return impl_->add_node(std::move(node)); }

void ChangeLog::parameter(ParameterChange change) {
  impl_->append({.node = std::move(change.node),
                 .metric = std::move(change.parameter),
                 .kind = Kind::parameter,
                 .old_value = std::move(change.old_value),
                 .new_value = std::move(change.new_value),
                 .reason = std::move(change.reason)});
}

void ChangeLog::lifecycle(std::string_view node, std::string_view event, std::string_view detail) {
  impl_->lifecycle(node, event, detail);
}

void ChangeLog::flush() { impl_->flush(); }

bool ChangeLog::failed() const noexcept { return impl_->failed(); }

Totals ChangeLog::close(Diagnostics& found) { return impl_->close(found); }

}  // namespace penstock::changelog
