#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "changelog/change.hpp"
#include "changelog/node_info.hpp"

namespace penstock::changelog {

static_assert(std::endian::native == std::endian::little, "the files of the log are little-endian");

using Bytes = std::vector<std::byte>;

/** A node as it is defined on the log. */
struct NodeDefinition {
  std::uint32_t number = 0;  ///< in its run
  NodeInfo info;
};

/** What a close record says of its run. */
struct CloseRecord {
  std::uint64_t changes = 0;
  std::uint64_t rejected = 0;
  std::uint64_t waits = 0;
};

void put(Bytes& into, std::span<const std::byte> bytes);

template <class T>
requires std::is_trivially_copyable_v<T>
void put(Bytes& into, const T& value) { put(into, std::as_bytes(std::span(&value, 1))); }

void put_text(Bytes& into, std::string_view text);

/** Adds zeros up to a multiple of 8, which every payload is. */
void pad(Bytes& payload);

void put_run(Bytes& into, std::string_view name);
void put_node(Bytes& into, const NodeDefinition& node);

/** A parameter or lifecycle record: kind, time, node, metric, the two values, reason. */
void put_change(Bytes& into, const Change& change);

/** Takes a payload apart. A read past the end gives zeros and empty texts and makes failed() true for good, so a caller
 *  checks once per record. No text is larger than the payload. */
class Cursor {
 public:
  explicit Cursor(std::span<const std::byte> bytes) noexcept : bytes_(bytes) {}

  template <class T>
  requires std::is_trivially_copyable_v<T> T take()
  noexcept {
    T value{};
    if (const auto bytes = take_bytes(sizeof value); !bytes.empty()) std::memcpy(&value, bytes.data(), sizeof value);
    return value;
  }

  [[nodiscard]] std::span<const std::byte> take_bytes(std::size_t size) noexcept;
  [[nodiscard]] std::string take_text();
  [[nodiscard]] NodeDefinition take_node();
  [[nodiscard]] Change take_change();

  [[nodiscard]] bool failed() const noexcept { return failed_; }
  [[nodiscard]] std::size_t left() const noexcept { return bytes_.size(); }

 private:
  [[nodiscard]] Value take_value();

  std::span<const std::byte> bytes_;
  bool failed_ = false;
};

/** The tags that begin each record of a definitions block; 0 is padding. */
inline constexpr std::uint8_t tag_run = 1;
inline constexpr std::uint8_t tag_node = 2;

}  // namespace penstock::changelog
