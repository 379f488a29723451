#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace penstock::changelog {

enum class MetricType : std::uint8_t { boolean, i64, u64, f64 };

/** `change`: an assignment that held; `rejected`: one that broke an invariant, `new_value` is what was refused. */
enum class Kind : std::uint8_t { change, rejected, parameter, lifecycle };

/** `change`, `rejected`, ... Static text. */
[[nodiscard]] std::string_view name(Kind kind) noexcept;
[[nodiscard]] std::optional<Kind> kind_named(std::string_view name) noexcept;

/** A value as it stands on the log; the first alternative is "unset". */
using Value = std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string>;

/** One record of the log, as it is read. */
struct Change {
  std::uint64_t sequence = 0;  ///< from 1, without gaps, over all runs of the directory; 0: not yet in a segment
  std::int64_t time_ns = 0;    ///< UTC, nanoseconds since 1970
  std::string run = {};
  std::uint32_t run_number = 0;  ///< from 1: the runs of the directory in their order
  std::string node = {};
  std::string metric = {};  ///< or the parameter, or the event
  std::string label = {};
  Kind kind = Kind::change;
  Value old_value = {};
  Value new_value = {};
  std::string reason = {};       ///< of a metric's change: what is wrong with it; empty: nothing
  bool unaudited_write = false;  ///< the old value is not the new one of the change before
  bool violation = false;        ///< accepted by its plugin though it breaks the metric's invariant
};

}  // namespace penstock::changelog
