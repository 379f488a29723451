#include "batch/batch.hpp"

#include <cstring>

#include "batch/bits.hpp"

namespace penstock::batch {
namespace {

std::size_t bitmap_bytes(std::int64_t rows) noexcept { return static_cast<std::size_t>(bits::words(rows)) * 8; }

}  // namespace

std::size_t value_bytes(Type type, std::int64_t rows) noexcept {
  if (type == Type::boolean) return bitmap_bytes(rows);
  if (is_variable(type)) return (static_cast<std::size_t>(rows) + 1) * sizeof(std::int32_t);
  return static_cast<std::size_t>(rows) * width(type);
}

Column make_column(const Field& field, std::int64_t rows, BufferPool& pool) {
  Column made;
  made.value_memory = pool.take(value_bytes(field.type, rows));
  made.values = made.value_memory.data();
  if (field.nullable) {
    made.valid_memory = pool.take(bitmap_bytes(rows));
    made.valid = reinterpret_cast<std::uint64_t*>(made.valid_memory.data());
    bits::fill(made.valid, rows);
  }
  return made;
}

void make_writable(Column& column, Type type, std::int64_t rows, BufferPool& pool) {
  if (!column.value_memory.is_unique()) {
    Buffer copy = pool.take(value_bytes(type, rows));
    if (rows > 0) std::memcpy(copy.data(), column.values, value_bytes(type, rows));
    column.values = copy.data();
    column.value_memory = std::move(copy);
  }
  if (column.valid != nullptr && !column.valid_memory.is_unique()) {
    Buffer copy = pool.take(bitmap_bytes(rows));
    auto* const map = reinterpret_cast<std::uint64_t*>(copy.data());
    bits::copy(column.valid, 0, rows, map);
    column.valid = map;
    column.valid_memory = std::move(copy);
  }
}

void slice(const Batch& whole, std::int64_t first, std::int64_t rows, Batch& part) {
  part.schema = whole.schema;
  part.columns = whole.columns;
  part.rows = rows;
  part.ingest_ns = whole.ingest_ns;
  part.origin = whole.origin;
  for (std::size_t i = 0; i < part.columns.size(); ++i) {
    Column& column = part.columns[i];
    const Type type = (*whole.schema)[i].type;
    const std::size_t skipped = type == Type::boolean ? static_cast<std::size_t>(first) / 8
                                : is_variable(type)   ? static_cast<std::size_t>(first) * sizeof(std::int32_t)
                                                      : static_cast<std::size_t>(first) * width(type);
    column.values = static_cast<std::byte*>(column.values) + skipped;
    if (column.valid != nullptr) column.valid += first / 64;
  }
}

void drop_full_bitmap(Column& column, std::int64_t rows) noexcept {
  if (column.valid == nullptr || null_count(column, rows) > 0) return;
  column.valid = nullptr;
  column.valid_memory = {};
}

std::int64_t null_count(const Column& column, std::int64_t rows) noexcept {
  return column.valid == nullptr ? 0 : rows - bits::count(column.valid, rows);
}

}  // namespace penstock::batch
