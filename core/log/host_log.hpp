#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string_view>

namespace penstock::log {

/** How much a line matters; the numbers are those of <penstock/abi/host.h>. */
enum class Level : std::uint8_t { debug, info, warning, error };

/** `debug`, `info`, `warning`, `error` */
[[nodiscard]] std::optional<Level> level_named(std::string_view name) noexcept;

/** How lines are written: for people, or each one JSON object `{"time","level","node","message"}`, with null for no node. */
enum class Format : std::uint8_t { text, json };

struct LogOptions {
  Level least = Level::info;  ///< lines below it are not written
  bool colour = false;        ///< the level of a line of text in colour, by ANSI sequences
  Format format = Format::text;
};

/** The log that people read while a process runs: what plugins and the host say, and the live lines of the change log.
 *
 *      [WARNING] lookup: the table has no entry for 3 sensors
 *      [AUDIT] filter dropped: 23 → 24
 *
 *  Lines are queued and written by a thread of the log's own, so a slow reader never slows the run: when the backlog is
 *  full, further lines are lost, and how many is said as soon as there is room. The functions may be called from any
 *  thread. At most one log lives in a process at a time. */
class HostLog {
 public:
  static constexpr std::size_t backlog = 1024;  ///< lines that wait for a slow reader

  /** Writes to `out`, which must outlive the log and belongs to it except right after a flush. */
  explicit HostLog(std::ostream& out, const LogOptions& options = {});
  ~HostLog();  ///< flushes
  HostLog(const HostLog&) = delete;
  HostLog& operator=(const HostLog&) = delete;

  /** One line of the host or, with a node, of its plugin; made printable. */
  void write(Level level, std::string_view node, std::string_view text);

  /** A live line of the change log: printable, complete with its `[AUDIT]`. It matters as much as `info`. */
  void audit(std::string_view line);

  /** Keeps `text`, printable and shorter than a line of the terminal that the log writes to, below all other lines; it
   *  replaces what stood there. Empty: nothing stands there any more. */
  void show_below(std::string_view text);

  /** Returns when everything said before the call is written, and nothing stands below it. */
  void flush();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace penstock::log
