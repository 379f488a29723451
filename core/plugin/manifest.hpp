#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "diagnostic/diagnostic.hpp"

namespace penstock::plugin {

using diagnostic::Diagnostics;

enum class Interface : std::uint8_t { source, stage, sink };

/** `1.0`: a host accepts what has its own major number and a minor number of at most its own. */
struct Version {
  std::uint32_t major = 0;
  std::uint32_t minor = 0;
  friend auto operator<=>(const Version&, const Version&) = default;
};

/** What becomes of the rows that enter a stage: all of them leave, some may be dropped, or new ones are emitted. */
enum class Rows : std::uint8_t { same, fewer, any };

/** How far a type may be multiplied: not at all, one instance per key, or over any split of the rows. */
enum class State : std::uint8_t { serial, keyed, none };

enum class ValueType : std::uint8_t { boolean, i64, u64, f64, text, choice, duration, path };

/** A value of a parameter or metric: `duration` in nanoseconds as i64; `text`, `choice` and `path` as string. */
using Scalar = std::variant<bool, std::int64_t, std::uint64_t, double, std::string>;

/** A declared parameter. Bounds and default have the alternative of `Scalar` that belongs to `type`. */
struct Parameter {
  std::string name;
  ValueType type = ValueType::text;
  bool list = false;        ///< a list of `type` (1.0: text only)
  bool required = false;    ///< without default: the pipeline must give it
  bool secret = false;      ///< its value never appears in a message or on the log
  bool reloadable = false;  ///< may change between two batches
  std::optional<Scalar> initial = {};
  std::optional<Scalar> min = {};
  std::optional<Scalar> max = {};
  std::vector<std::string> choices = {};
  std::string unit = {}, example = {}, doc = {};
};

/** A declared audited metric: `u64`, `i64`, `f64` or `boolean`. Label: what people read; empty: the name. */
struct Metric {
  std::string name;
  ValueType type = ValueType::u64;
  Scalar initial = std::uint64_t{0};
  std::optional<Scalar> min = {};
  std::optional<Scalar> max = {};
  bool never_decreasing = false;
  std::string unit = {}, label = {}, doc = {};
};

enum class Access : std::uint8_t { read, write, add };

/** A declared column; `name` is `*` for every column that comes. */
struct Column {
  std::string name;
  Access access = Access::read;
  std::string type;  ///< `bool i8 .. u64 f32 f64 time duration key text bytes` or an Arrow format; empty for `*`
  bool nullable = false;
  std::string doc = {};
};

/** Whether it stands for every column that comes. */
[[nodiscard]] inline bool is_every(const Column& column) noexcept { return column.name == "*"; }

struct Method {
  std::string name;
  std::string signature;  ///< `(batch) -> status`
};

/** Everything that a plugin says about one of its types. */
struct Manifest {
  std::string text;  ///< byte for byte as in the image, without the NUL
  std::string name;
  Interface interface = Interface::stage;
  Version interface_version = {};
  Version sdk = {};
  std::string class_name = {};  ///< qualified C++ name; empty for C and Rust
  Rows rows = Rows::same;       ///< stages only
  State state = State::serial;
  std::string key = {};         ///< the column of `State::keyed`
  std::string ordered_by = {};  ///< sources: the column that never falls
  bool deterministic = false;
  std::vector<Method> methods = {};
  std::vector<Parameter> parameters = {};
  std::vector<Metric> metrics = {};
  std::vector<Column> columns = {};

  [[nodiscard]] const Method* find_method(std::string_view method) const noexcept;
  [[nodiscard]] const Parameter* find_parameter(std::string_view parameter) const noexcept;
  [[nodiscard]] bool takes_every_column() const noexcept;  ///< has `column:*`
};

/** Reads the text of a manifest (format: the SDK's `abi/manifest.h`). Reports every fault of the text at once, against
 *  `file` and `type` (the id in the symbol's name); nothing comes back when there is one. Linear in the text's size. */
[[nodiscard]] std::optional<Manifest> parse_manifest(std::string_view text, std::string_view type,
                                                     const std::string& file, Diagnostics& found);

/** The same, but keeps what can be read, so that its methods can be checked in the same go; nothing only where the head
 *  line names no interface. `found` says whether there was a fault. */
[[nodiscard]] std::optional<Manifest> read_manifest(std::string_view text, std::string_view type,
                                                    const std::string& file, Diagnostics& found);

[[nodiscard]] std::string_view name(Interface interface) noexcept;  ///< `Source`, `Stage`, `Sink`
[[nodiscard]] std::string_view name(ValueType type) noexcept;       ///< `f64`, `duration`, ... as in a manifest
[[nodiscard]] std::string text(Version version);                    ///< `1.0`

}  // namespace penstock::plugin
