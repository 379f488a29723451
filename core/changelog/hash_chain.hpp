#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace penstock::changelog {

/** A SHA-256. */
using Digest = std::array<std::uint8_t, 32>;

/** The link of the chain: SHA-256 over the head and the payload of a block, as they stand in the file. */
[[nodiscard]] Digest link(std::span<const std::byte> head, std::span<const std::byte> payload);

/** SHA-256 of the pieces that `next` gives until one is empty. */
[[nodiscard]] Digest digest(const std::function<std::span<const std::byte>()>& next);

/** 64 lower-case hexadecimal digits. */
[[nodiscard]] std::string hex(const Digest& digest);

}  // namespace penstock::changelog
