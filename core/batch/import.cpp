#include "batch/import.hpp"

#include <cstring>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "batch/bits.hpp"

namespace penstock::batch {
namespace {

// 2^40 rows are more than any memory holds; below it no product of a length and a width overflows.
constexpr std::int64_t max_rows = std::int64_t{1} << 40;

using Owner = std::shared_ptr<const ArrowArray>;

Owner take(ArrowArray& given) {
  auto taken = std::make_unique<ArrowArray>(given);
  given.release = nullptr;
  return {taken.release(), [](const ArrowArray* array) {
            auto* const last = const_cast<ArrowArray*>(array);
            if (last->release != nullptr) last->release(last);
            delete last;
          }};
}

class Import {
 public:
  Import(const Owner& owner, KeyTable& keys, BufferPool& pool) : owner_(owner), keys_(keys), pool_(pool) {}

  std::optional<Batch> run(const Schema& schema) {
    const ArrowArray& root = *owner_;
    if (root.length < 0 || root.length > max_rows || root.offset < 0 || root.offset > max_rows)
      return refuse("has a length of " + std::to_string(root.length) + " and an offset of " +
                    std::to_string(root.offset));
    if (root.n_children != static_cast<std::int64_t>(schema.size()) ||
        (root.n_children > 0 && root.children == nullptr))
      return refuse("has " + std::to_string(root.n_children) + " columns, the schema " + std::to_string(schema.size()));
    if (root.null_count != 0 && root.n_buffers > 0 && root.buffers != nullptr && root.buffers[0] != nullptr &&
        count_nulls(root.buffers[0], root.offset, root.length) > 0)
      return refuse("has rows that are null as a whole");

    rows_ = root.length;
    Batch batch;
    batch.schema = &schema;
    batch.rows = rows_;
    for (std::size_t i = 0; i < schema.size(); ++i) {
      const ArrowArray* const child = root.children[i];
      if (child == nullptr) return refuse("lacks the column `" + schema[i].name + "`");
      auto column = read(*child, schema[i], root.offset);
      if (!column) return std::nullopt;
      batch.columns.push_back(std::move(*column));
    }
    return batch;
  }

  std::string fault;

 private:
  std::nullopt_t refuse(std::string text) {
    fault = std::move(text);
    return std::nullopt;
  }
  std::nullopt_t refuse(const Field& field, const std::string& text) {
    return refuse("has a column `" + field.name + "` " + text);
  }

  static std::int64_t count_nulls(const void* map, std::int64_t first, std::int64_t rows) {
    std::int64_t nulls = 0;
    for (std::int64_t row = first; row < first + rows; ++row)
      nulls += (static_cast<const unsigned char*>(map)[row / 8] >> (row % 8) & 1) == 0;
    return nulls;
  }

  std::optional<Column> read(const ArrowArray& array, const Field& field, std::int64_t parent_offset) {
    const bool variable = is_variable(field.type);
    const std::int64_t buffers = variable ? 3 : 2;
    if (array.release == nullptr) return refuse(field, "that was released");
    if (array.offset < 0 || array.offset > max_rows || array.length < 0 || array.length > max_rows ||
        array.length < parent_offset + rows_)
      return refuse(field, "of length " + std::to_string(array.length) + " and offset " + std::to_string(array.offset) +
                               " for " + std::to_string(parent_offset + rows_) + " rows");
    if (array.n_buffers != buffers || array.buffers == nullptr)
      return refuse(field, "of " + std::to_string(array.n_buffers) + " buffers where the type `" +
                               std::string(name(field.type)) + "` has " + std::to_string(buffers));
    if (array.null_count < -1 || array.null_count > array.length)
      return refuse(field, "that counts " + std::to_string(array.null_count) + " nulls");
    if (rows_ > 0 && array.buffers[1] == nullptr) return refuse(field, "without values");

    Column column;
    const std::int64_t first = array.offset + parent_offset;
    if (array.null_count != 0 && array.buffers[0] != nullptr) {
      column.valid_memory = pool_.take(value_bytes(Type::boolean, rows_));
      column.valid = reinterpret_cast<std::uint64_t*>(column.valid_memory.data());
      bits::copy(array.buffers[0], first, rows_, column.valid);
      const std::int64_t nulls = batch::null_count(column, rows_);
      if (nulls > 0 && !field.nullable)
        return refuse(field, "with " + std::to_string(nulls) + " nulls, which its schema rules out");
      if (nulls == 0) {
        column.valid = nullptr;
        column.valid_memory = {};
      }
    } else if (array.null_count > 0) {
      return refuse(field, "that counts " + std::to_string(array.null_count) + " nulls and has no bitmap");
    }
    if (field.type == Type::key) return read_key(array, field, first, std::move(column));
    if (variable) return read_text(array, field, first, std::move(column));
    read_values(array, field.type, first, column);
    return column;
  }

  void read_values(const ArrowArray& array, Type type, std::int64_t first, Column& column) {
    if (type == Type::boolean) {
      column.value_memory = pool_.take(value_bytes(type, rows_));
      column.values = column.value_memory.data();
      if (rows_ > 0) bits::copy(array.buffers[1], first, rows_, static_cast<std::uint64_t*>(column.values));
      return;
    }
    use_or_copy(array.buffers[1], first, width(type), static_cast<std::size_t>(rows_), column);
  }

  // Elements of any width that is their alignment too: in place if they stand where such elements may stand.
  void use_or_copy(const void* buffer, std::int64_t first, std::size_t width, std::size_t count, Column& column) {
    const auto* const from = static_cast<const std::byte*>(buffer) + static_cast<std::size_t>(first) * width;
    if (buffer != nullptr && reinterpret_cast<std::uintptr_t>(from) % width == 0) {
      column.values = const_cast<std::byte*>(from);
      column.owner = owner_;
      return;
    }
    column.value_memory = pool_.take(count * width);
    column.values = column.value_memory.data();
    if (buffer != nullptr && count > 0) std::memcpy(column.values, from, count * width);
  }

  // Offsets that rise and stay within the first and the last, so that no text reaches outside the buffer.
  bool rises(const std::int32_t* offsets, std::int64_t count) const {
    if (offsets[0] < 0) return false;
    for (std::int64_t i = 0; i < count; ++i)
      if (offsets[i + 1] < offsets[i]) return false;
    return true;
  }

  std::optional<Column> read_text(const ArrowArray& array, const Field& field, std::int64_t first, Column column) {
    if (array.buffers[1] == nullptr) {  // allowed for no rows
      column.value_memory = pool_.take(sizeof(std::int32_t));
      column.values = column.value_memory.data();
      *static_cast<std::int32_t*>(column.values) = 0;
    } else {
      use_or_copy(array.buffers[1], first, sizeof(std::int32_t), static_cast<std::size_t>(rows_) + 1, column);
    }
    const auto* const offsets = static_cast<const std::int32_t*>(column.values);
    if (!rises(offsets, rows_)) return refuse(field, "whose offsets do not rise");
    if (array.buffers[2] == nullptr && offsets[rows_] != offsets[0]) return refuse(field, "without bytes");
    column.text = const_cast<char*>(static_cast<const char*>(array.buffers[2]));
    column.owner = owner_;
    return column;
  }

  std::optional<Column> read_key(const ArrowArray& array, const Field& field, std::int64_t first, Column column) {
    const ArrowArray* const words = array.dictionary;
    if (words == nullptr || words->release == nullptr) return refuse(field, "of keys without a dictionary");
    if (words->length < 0 || words->length > std::numeric_limits<std::int32_t>::max() || words->offset < 0 ||
        words->offset > max_rows || words->n_buffers != 3 || words->buffers == nullptr ||
        (words->length > 0 && words->buffers[1] == nullptr))
      return refuse(field, "whose dictionary is not an array of text");

    std::vector<std::int32_t> codes(static_cast<std::size_t>(words->length), -1);
    if (words->length > 0) {
      std::vector<std::int32_t> offsets(static_cast<std::size_t>(words->length) + 1);
      std::memcpy(offsets.data(), static_cast<const std::int32_t*>(words->buffers[1]) + words->offset,
                  offsets.size() * sizeof(std::int32_t));
      if (!rises(offsets.data(), words->length)) return refuse(field, "whose dictionary has offsets that do not rise");
      const auto* const bytes = static_cast<const char*>(words->buffers[2]);
      if (bytes == nullptr && offsets.back() != offsets.front()) return refuse(field, "whose dictionary has no bytes");
      const void* const known = words->null_count == 0 ? nullptr : words->buffers[0];
      for (std::size_t i = 0; i < codes.size(); ++i) {
        if (known != nullptr && count_nulls(known, words->offset + static_cast<std::int64_t>(i), 1) > 0) continue;
        const auto size = static_cast<std::size_t>(offsets[i + 1] - offsets[i]);
        codes[i] = keys_.intern(size == 0 ? std::string_view() : std::string_view(bytes + offsets[i], size));
        if (codes[i] < 0) return refuse(field, "with more keys than the run takes");
      }
    }

    column.value_memory = pool_.take(value_bytes(Type::key, rows_));
    auto* const to = reinterpret_cast<std::int32_t*>(column.value_memory.data());
    column.values = to;
    for (std::int64_t row = 0; row < rows_; ++row) {
      std::int32_t code = 0;
      std::memcpy(&code, static_cast<const std::byte*>(array.buffers[1]) + (first + row) * 4, sizeof code);
      if (column.valid != nullptr && !bits::test(column.valid, row)) {
        to[row] = 0;
        continue;
      }
      if (code < 0 || static_cast<std::size_t>(code) >= codes.size() || codes[static_cast<std::size_t>(code)] < 0)
        return refuse(field, "whose row " + std::to_string(row) + " has the code " + std::to_string(code) +
                                 " of no key in its dictionary");
      to[row] = codes[static_cast<std::size_t>(code)];
    }
    return column;
  }

  const Owner& owner_;
  KeyTable& keys_;
  BufferPool& pool_;
  std::int64_t rows_ = 0;
};

}  // namespace

std::optional<Batch> import(ArrowArray& given, const Schema& schema, KeyTable& keys, BufferPool& pool,
                            std::string& fault) {
  const Owner owner = take(given);
  Import importing(owner, keys, pool);
  auto batch = importing.run(schema);
  if (!batch) fault = std::move(importing.fault);
  return batch;
}

}  // namespace penstock::batch
