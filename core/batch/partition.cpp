#include "batch/partition.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "batch/bits.hpp"
#include "batch/gather.hpp"

namespace penstock::batch {
namespace {

Buffer take_numbers(std::int64_t rows, BufferPool& pool) {
  return pool.take(static_cast<std::size_t>(rows) * sizeof(std::uint32_t));
}

std::uint32_t* numbers_in(const Buffer& memory) noexcept { return reinterpret_cast<std::uint32_t*>(memory.data()); }

// Codes rise by one from key to key: multiplied by the golden ratio (Knuth, "The Art of Computer Programming" 3, 6.4),
// neighbours part, and a sensor's place does not follow the order of the first rows.
std::size_t part_of(std::int32_t code, std::size_t parts) noexcept {
  const std::uint32_t mixed = static_cast<std::uint32_t>(code) * 0x9E3779B1u;
  return static_cast<std::size_t>(std::uint64_t{mixed} * parts >> 32);
}

// Places i of `from` to elements `at[i]` of `to`: gather() the other way round.
void scatter(std::size_t width, const void* from, void* to, const std::uint32_t* at, std::int64_t rows) noexcept {
  const auto move = [&]<class T>(T) {
    for (std::int64_t i = 0; i < rows; ++i) static_cast<T*>(to)[at[i]] = static_cast<const T*>(from)[i];
  };
  switch (width) {
    case 1: return move(std::uint8_t{});
    case 2: return move(std::uint16_t{});
    case 4: return move(std::uint32_t{});
    default: return move(std::uint64_t{});
  }
}

void gather_bits(const std::uint64_t* from, std::uint64_t* to, const std::uint32_t* at, std::int64_t rows) noexcept {
  std::fill_n(to, bits::words(rows), 0);
  for (std::int64_t i = 0; i < rows; ++i) to[i / 64] |= static_cast<std::uint64_t>(bits::test(from, at[i])) << (i % 64);
}
void scatter_bits(const std::uint64_t* from, std::uint64_t* to, const std::uint32_t* at, std::int64_t rows) noexcept {
  for (std::int64_t i = 0; i < rows; ++i)
    to[at[i] / 64] |= static_cast<std::uint64_t>(bits::test(from, i)) << (at[i] % 64);
}

std::uint64_t* take_bits(Buffer& memory, std::int64_t rows, BufferPool& pool) {
  memory = pool.take(value_bytes(Type::boolean, rows));
  return reinterpret_cast<std::uint64_t*>(memory.data());
}

void gather_text(const Column& from, Column& to, const std::uint32_t* at, std::int64_t rows, BufferPool& pool) {
  const std::int32_t* const begin = offsets_of(from);
  to.value_memory = pool.take(value_bytes(Type::text, rows));
  auto* const offsets = reinterpret_cast<std::int32_t*>(to.value_memory.data());
  offsets[0] = 0;
  for (std::int64_t i = 0; i < rows; ++i) offsets[i + 1] = offsets[i] + begin[at[i] + 1] - begin[at[i]];
  to.values = offsets;
  to.text_memory = pool.take(static_cast<std::size_t>(offsets[rows]));
  to.text = reinterpret_cast<char*>(to.text_memory.data());
  for (std::int64_t i = 0; i < rows; ++i)
    if (const std::int32_t size = offsets[i + 1] - offsets[i]; size > 0)
      std::memcpy(to.text + offsets[i], from.text + begin[at[i]], static_cast<std::size_t>(size));
}

void gather_column(const Column& from, Type type, Column& to, const std::uint32_t* at, std::int64_t rows,
                   BufferPool& pool) {
  if (from.valid != nullptr) {
    to.valid = take_bits(to.valid_memory, rows, pool);
    gather_bits(from.valid, to.valid, at, rows);
  }
  if (is_variable(type)) return gather_text(from, to, at, rows, pool);
  to.value_memory = pool.take(value_bytes(type, rows));
  to.values = to.value_memory.data();
  if (type == Type::boolean)
    gather_bits(static_cast<const std::uint64_t*>(from.values), static_cast<std::uint64_t*>(to.values), at, rows);
  else
    gather(width(type), from.values, to.values, at, rows);
}

// A part and where its rows go.
struct Placed {
  const Batch* part = nullptr;
  Buffer places = {};

  [[nodiscard]] const std::uint32_t* at() const noexcept { return numbers_in(places); }
};

Column merge_text(std::span<const Placed> parts, std::size_t index, std::int64_t rows, BufferPool& pool) {
  Column merged;
  merged.value_memory = pool.take(value_bytes(Type::text, rows));
  auto* const offsets = reinterpret_cast<std::int32_t*>(merged.value_memory.data());
  offsets[0] = 0;
  for (const Placed& placed : parts) {
    const std::int32_t* const begin = offsets_of(placed.part->columns[index]);
    for (std::int64_t i = 0; i < placed.part->rows; ++i) offsets[placed.at()[i] + 1] = begin[i + 1] - begin[i];
  }
  for (std::int64_t row = 0; row < rows; ++row) offsets[row + 1] += offsets[row];
  merged.values = offsets;
  merged.text_memory = pool.take(static_cast<std::size_t>(offsets[rows]));
  merged.text = reinterpret_cast<char*>(merged.text_memory.data());
  for (const Placed& placed : parts) {
    const Column& from = placed.part->columns[index];
    for (std::int64_t i = 0; i < placed.part->rows; ++i)
      if (const std::int32_t size = offsets_of(from)[i + 1] - offsets_of(from)[i]; size > 0)
        std::memcpy(merged.text + offsets[placed.at()[i]], from.text + offsets_of(from)[i],
                    static_cast<std::size_t>(size));
  }
  return merged;
}

Column merge_values(std::span<const Placed> parts, std::size_t index, Type type, std::int64_t rows, BufferPool& pool) {
  Column merged;
  merged.value_memory = pool.take(value_bytes(type, rows));
  merged.values = merged.value_memory.data();
  auto* const words = static_cast<std::uint64_t*>(merged.values);
  if (type == Type::boolean) std::fill_n(words, bits::words(rows), 0);
  for (const Placed& placed : parts) {
    const void* const from = placed.part->columns[index].values;
    if (type == Type::boolean)
      scatter_bits(static_cast<const std::uint64_t*>(from), words, placed.at(), placed.part->rows);
    else
      scatter(width(type), from, merged.values, placed.at(), placed.part->rows);
  }
  return merged;
}

Column merge_column(std::span<const Placed> parts, std::size_t index, Type type, std::int64_t rows, BufferPool& pool) {
  Column merged =
      is_variable(type) ? merge_text(parts, index, rows, pool) : merge_values(parts, index, type, rows, pool);
  const auto may_have_nulls = [&](const Placed& placed) { return placed.part->columns[index].valid != nullptr; };
  if (std::ranges::none_of(parts, may_have_nulls)) return merged;
  merged.valid = take_bits(merged.valid_memory, rows, pool);
  const auto has_nulls = [&](const Placed& placed) {
    return null_count(placed.part->columns[index], placed.part->rows) > 0;
  };
  if (std::ranges::none_of(parts, has_nulls)) {
    bits::fill(merged.valid, rows);
    return merged;
  }
  std::fill_n(merged.valid, bits::words(rows), 0);
  for (const Placed& placed : parts) {
    const std::uint64_t* const from = placed.part->columns[index].valid;
    for (std::int64_t i = 0; i < placed.part->rows; ++i)
      if (from == nullptr || bits::test(from, i)) bits::set(merged.valid, placed.at()[i]);
  }
  return merged;
}

/** Where the rows of the parts go: each before those whose number is higher. */
void place(std::span<Placed> parts, std::int64_t rows, BufferPool& pool) {
  constexpr std::uint8_t nobody = most_parts;
  const Buffer owners = pool.take(static_cast<std::size_t>(rows));
  auto* const owner = reinterpret_cast<std::uint8_t*>(owners.data());
  std::memset(owner, nobody, static_cast<std::size_t>(rows));
  std::array<std::uint32_t*, most_parts + 1> next{};
  std::uint32_t unwanted = 0;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const std::uint32_t* const number = parts[p].part->row_numbers();
    for (std::int64_t i = 0; i < parts[p].part->rows; ++i) owner[number[i]] = static_cast<std::uint8_t>(p);
    next[p] = numbers_in(parts[p].places);
  }
  // A row that nobody has writes its place to where nobody looks, which costs less than a branch.
  next[nobody] = &unwanted;
  std::uint32_t place = 0;
  for (std::int64_t row = 0; row < rows; ++row) {
    const std::uint8_t p = owner[row];
    *next[p] = place;
    const bool is_there = p != nobody;
    next[p] += is_there;
    place += is_there;
  }
}

}  // namespace

void split(const Batch& whole, std::size_t by, std::span<Batch> parts, BufferPool& pool) {
  const Column& key = whole.columns[by];
  const auto* const codes = static_cast<const std::int32_t*>(key.values);
  std::array<std::uint32_t*, most_parts> next{};
  for (std::size_t p = 0; p < parts.size(); ++p) {
    parts[p].columns.clear();
    parts[p].number_memory = take_numbers(whole.rows, pool);
    next[p] = parts[p].row_numbers();
  }
  for (std::int64_t row = 0; row < whole.rows; ++row) {
    const bool has_key = key.valid == nullptr || bits::test(key.valid, row);
    *next[has_key ? part_of(codes[row], parts.size()) : 0]++ = static_cast<std::uint32_t>(row);
  }
  for (std::size_t p = 0; p < parts.size(); ++p) {
    Batch& part = parts[p];
    part.schema = whole.schema;
    part.rows = next[p] - part.row_numbers();
    part.ingest_ns = whole.ingest_ns;
    part.origin = whole.origin;
    for (std::size_t i = 0; part.rows > 0 && i < whole.columns.size(); ++i)
      gather_column(whole.columns[i], (*whole.schema)[i].type, part.columns.emplace_back(), part.row_numbers(),
                    part.rows, pool);
  }
}

void merge(std::span<const Batch> parts, std::int64_t rows, BufferPool& pool, Batch& merged) {
  merged.columns.clear();
  merged.rows = 0;
  std::array<Placed, most_parts> room{};
  std::size_t count = 0;
  for (const Batch& part : parts) {
    if (part.rows == 0) continue;
    merged.schema = part.schema;
    merged.ingest_ns = count == 0 ? part.ingest_ns : std::min(merged.ingest_ns, part.ingest_ns);
    merged.origin = count == 0 ? part.origin : std::min(merged.origin, part.origin);
    merged.rows += part.rows;
    room[count++] = {&part, take_numbers(part.rows, pool)};
  }
  if (count == 0) return;
  if (count == 1) {
    merged.columns = room.front().part->columns;
    return;
  }
  const std::span<Placed> filled(room.data(), count);
  place(filled, rows, pool);
  for (std::size_t i = 0; i < merged.schema->size(); ++i)
    merged.columns.push_back(merge_column(filled, i, (*merged.schema)[i].type, merged.rows, pool));
}

}  // namespace penstock::batch
