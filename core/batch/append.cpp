#include "batch/append.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

#include "batch/bits.hpp"

namespace penstock::batch {
namespace {

void append_bits(std::uint64_t* to, std::int64_t at, const std::uint64_t* from, std::int64_t rows) noexcept {
  for (std::int64_t row = 0; row < rows; ++row)
    from == nullptr || bits::test(from, row) ? bits::set(to, at + row) : bits::clear(to, at + row);
}

// The texts move when there is no room for more; each time to twice as much.
void append_text(Column& to, std::int64_t at, const Column& from, std::int64_t rows, BufferPool& pool) {
  auto* const offsets = static_cast<std::int32_t*>(to.values);
  if (at == 0) offsets[0] = 0;
  const std::int32_t* const begin = offsets_of(from);
  const auto held = static_cast<std::size_t>(offsets[at]);
  const auto more = static_cast<std::size_t>(begin[rows] - begin[0]);
  if (to.text == nullptr || held + more > to.text_memory.capacity()) {
    Buffer larger = pool.take(std::max(2 * held, held + more));
    if (held > 0) std::memcpy(larger.data(), to.text, held);
    to.text = reinterpret_cast<char*>(larger.data());
    to.text_memory = std::move(larger);
  }
  if (more > 0) std::memcpy(to.text + held, from.text + begin[0], more);
  for (std::int64_t row = 0; row < rows; ++row) offsets[at + row + 1] = offsets[at] + begin[row + 1] - begin[0];
}

void append_column(Column& to, Type type, std::int64_t at, const Column& from, std::int64_t rows, BufferPool& pool) {
  if (is_variable(type)) return append_text(to, at, from, rows, pool);
  if (type == Type::boolean)
    return append_bits(static_cast<std::uint64_t*>(to.values), at, static_cast<const std::uint64_t*>(from.values),
                       rows);
  std::memcpy(static_cast<std::byte*>(to.values) + static_cast<std::size_t>(at) * width(type), from.values,
              static_cast<std::size_t>(rows) * width(type));
}

// Only the first nulls that come need a bitmap.
void append_valid(Column& to, std::int64_t at, const Column& from, std::int64_t rows, std::int64_t capacity,
                  BufferPool& pool) {
  if (to.valid == nullptr && from.valid == nullptr) return;
  if (to.valid == nullptr) {
    to.valid_memory = pool.take(value_bytes(Type::boolean, capacity));
    to.valid = reinterpret_cast<std::uint64_t*>(to.valid_memory.data());
    bits::fill(to.valid, capacity);
  }
  append_bits(to.valid, at, from.valid, rows);
}

Column room_for(Type type, std::int64_t capacity, BufferPool& pool) {
  Column made;
  made.value_memory = pool.take(value_bytes(type, capacity));
  made.values = made.value_memory.data();
  return made;
}

}  // namespace

bool fits_behind(const Batch& gathered, const Batch& batch) noexcept {
  for (std::size_t i = 0; gathered.rows > 0 && i < gathered.columns.size(); ++i) {
    if (!is_variable((*batch.schema)[i].type)) continue;
    const std::int32_t* const begin = offsets_of(batch.columns[i]);
    const std::int64_t held = offsets_of(gathered.columns[i])[gathered.rows];
    if (held + begin[batch.rows] - begin[0] > std::numeric_limits<std::int32_t>::max()) return false;
  }
  return true;
}

void append(Batch& gathered, const Batch& batch, std::int64_t capacity, BufferPool& pool) {
  if (gathered.rows == 0) {
    std::vector<Column> columns;
    for (const Field& field : *batch.schema) columns.push_back(room_for(field.type, capacity, pool));
    gathered.schema = batch.schema;
    gathered.columns = std::move(columns);
    gathered.ingest_ns = batch.ingest_ns;
    gathered.origin = batch.origin;
  }
  for (std::size_t i = 0; i < gathered.columns.size(); ++i) {
    append_valid(gathered.columns[i], gathered.rows, batch.columns[i], batch.rows, capacity, pool);
    append_column(gathered.columns[i], (*batch.schema)[i].type, gathered.rows, batch.columns[i], batch.rows, pool);
  }
  gathered.rows += batch.rows;
}

}  // namespace penstock::batch
