// The memory of a batch as the boundary wants it, for a test without a host.
#pragma once
#include <penstock/abi.h>
#include <penstock/any_batch.hpp>
#include <penstock/testing/cell.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace penstock {
inline namespace v1 {
namespace testing {

/// The keys of a test, and their codes.
class Keys {
 public:
  std::int32_t intern(std::string_view text) {
    const std::lock_guard lock(mutex_);
    const auto [found, is_new] = codes_.try_emplace(std::string(text), static_cast<std::int32_t>(texts_.size()));
    if (is_new) texts_.push_back(found->first);
    return found->second;
  }
  std::deque<std::string> texts() const {
    const std::lock_guard lock(mutex_);
    return texts_;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::int32_t, std::less<>> codes_;
  std::deque<std::string> texts_;
};

/// A column as a manifest says it.
struct ColumnSpec {
  enum class Access { read, write, add };
  std::string name;
  Access access;
  std::string type;
  bool nullable;
};

/// Bytes of a value; 0 for bits and for variable width.
inline std::size_t width_of(std::string_view type) {
  if (type == "bool" || type == "text" || type == "bytes") return 0;
  if (type == "i8" || type == "u8") return 1;
  if (type == "i16" || type == "u16") return 2;
  if (type == "i32" || type == "u32" || type == "f32" || type == "key") return 4;
  return 8;
}

/// Texts one behind the other, as an Arrow array of format u.
class TextMemory {
 public:
  TextMemory() = default;
  TextMemory(const TextMemory&) = delete;
  TextMemory& operator=(const TextMemory&) = delete;

  template <class Texts>
  void fill(const Texts& texts) {
    bytes_.clear();
    offsets_.assign(1, 0);
    for (const std::string& text : texts) {
      bytes_ += text;
      offsets_.push_back(static_cast<std::int32_t>(bytes_.size()));
    }
    buffers_[1] = offsets_.data();
    buffers_[2] = bytes_.data();
    array_.length = static_cast<std::int64_t>(offsets_.size() - 1);
    array_.n_buffers = 3;
    array_.buffers = buffers_;
  }
  ArrowArray& array() { return array_; }

 private:
  std::string bytes_;
  std::vector<std::int32_t> offsets_;
  const void* buffers_[3]{};
  ArrowArray array_{};
};

/// One batch: 64-byte aligned columns, in which stands nonsense until they are filled, with Arrow arrays beside them.
class BatchMemory {
 public:
  BatchMemory(std::vector<ColumnSpec> specs, std::size_t capacity, Keys& keys)
      : specs_(std::move(specs)), keys_(&keys), keep_((capacity + 63) / 64 + 1), columns_(specs_.size()) {
    const std::size_t bits = (capacity + 63) / 64 * 8;
    for (std::size_t i = 0; i < specs_.size(); ++i) {
      const std::size_t width = width_of(specs_[i].type);
      if (specs_[i].type == "bool" || width > 0)
        columns_[i].values = allocate(width > 0 ? capacity * width : bits, 0xa5);
      if (specs_[i].nullable) columns_[i].valid = static_cast<std::uint64_t*>(allocate(bits, 0xff));
    }
    raw_.size = sizeof raw_;
    raw_.capacity = static_cast<std::int64_t>(capacity);
    raw_.column = columns_.data();
    raw_.arrow = &whole_;
    raw_.keep = keep_.data();
    raw_.wait_handle = -1;
  }
  BatchMemory(const BatchMemory&) = delete;
  BatchMemory& operator=(const BatchMemory&) = delete;
  ~BatchMemory() {
    if (whole_.release) whole_.release(&whole_);
  }

  penstock_batch& raw() { return raw_; }

  /// Puts the rows into the columns that are read or written. Gives what is wrong with them; empty: nothing.
  std::string fill(const Rows& rows) {
    raw_.rows = static_cast<std::int64_t>(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
      set_bit(keep_.data(), row, true);
      for (std::size_t i = 0; i < specs_.size(); ++i)
        if (specs_[i].access != ColumnSpec::Access::add)
          if (std::string fault = write(i, row, rows[row]); !fault.empty()) return fault;
    }
    for (std::size_t i = 0; i < specs_.size(); ++i)
      if (specs_[i].access != ColumnSpec::Access::add) lend(i, rows);
    lend_all();
    return {};
  }

  bool is_kept(std::size_t row) const { return bit_at(keep_.data(), row); }
  void drop(std::size_t row) { set_bit(keep_.data(), row, false); }

  /// The row with what was written and added.
  Row row(std::size_t row, Row from = {}) const {
    for (std::size_t i = 0; i < specs_.size(); ++i)
      if (specs_[i].access != ColumnSpec::Access::read) from.set(specs_[i].name, read(i, row));
    return from;
  }

 private:
  static constexpr std::align_val_t alignment{64};
  struct Free {
    void operator()(void* memory) const { ::operator delete(memory, alignment); }
  };

  // Everything that a batch which is moved out may still need.
  struct Lent {
    std::vector<std::unique_ptr<void, Free>> blocks;
    std::deque<TextMemory> texts;
    std::deque<std::pair<ArrowArray, const void* [2]>> plain;
    std::vector<ArrowArray*> children;
  };

  void* allocate(std::size_t size, int filling) {
    const std::size_t rounded = (size + 63) / 64 * 64 + 64;
    void* const block = lent_->blocks.emplace_back(::operator new(rounded, alignment)).get();
    std::memset(block, filling, rounded);
    return block;
  }

  std::string write(std::size_t index, std::size_t row, const Row& from) {
    const ColumnSpec& spec = specs_[index];
    const penstock_column& column = columns_[index];
    const Cell* const cell = from.find(spec.name);
    const auto place = [&] { return "column `" + spec.name + "` of row " + std::to_string(row); };
    if (!cell) return "row " + std::to_string(row) + " has no column `" + spec.name + "`";
    if (column.valid) set_bit(column.valid, row, !cell->is_null());
    if (cell->is_null())
      return spec.nullable ? std::string() : place() + " is null, and takes no nulls: the host rejects the row";
    const bool is_text = spec.type == "key" || spec.type == "text" || spec.type == "bytes";
    const auto wrong = [&] { return place() + " is to be of type " + spec.type; };
    if (is_text != cell->is_text() || (spec.type == "bool") != cell->is_bool() || !cell->suits(spec.type))
      return wrong();
    if (spec.type == "bool")
      set_bit(static_cast<std::uint64_t*>(column.values), row, cell->as<bool>());
    else if (spec.type == "key")
      put(column, row, keys_->intern(cell->text()));
    else if (!is_text && !put_number(spec.type, column, row, *cell))
      return wrong();
    return {};
  }

  static bool put_number(std::string_view type, const penstock_column& column, std::size_t row, const Cell& cell) {
    const auto put_as = [&]<class T>(T) {
      const bool fits = cell.fits<T>();
      if (fits) put(column, row, cell.as<T>());
      return fits;
    };
    if (type == "f64") return put_as(double{});
    if (type == "f32") return put_as(float{});
    if (type == "u64") return put_as(std::uint64_t{});
    if (type == "u32") return put_as(std::uint32_t{});
    if (type == "i32") return put_as(std::int32_t{});
    if (type == "u16") return put_as(std::uint16_t{});
    if (type == "i16") return put_as(std::int16_t{});
    if (type == "u8") return put_as(std::uint8_t{});
    if (type == "i8") return put_as(std::int8_t{});
    return put_as(std::int64_t{});
  }

  Cell read(std::size_t index, std::size_t row) const {
    const std::string& type = specs_[index].type;
    const penstock_column& column = columns_[index];
    if (column.valid && !bit_at(column.valid, row)) return null;
    if (type == "bool") return bit_at(static_cast<const std::uint64_t*>(column.values), row);
    if (type == "key") return key(get<std::int32_t>(column, row));
    if (type == "time") return Time{get<std::int64_t>(column, row)};
    if (type == "duration") return Duration(get<std::int64_t>(column, row));
    if (type == "f64") return get<double>(column, row);
    if (type == "f32") return get<float>(column, row);
    if (type == "u64") return get<std::uint64_t>(column, row);
    if (type == "u32") return get<std::uint32_t>(column, row);
    if (type == "i32") return get<std::int32_t>(column, row);
    if (type == "u16") return get<std::uint16_t>(column, row);
    if (type == "i16") return get<std::int16_t>(column, row);
    if (type == "u8") return get<std::uint8_t>(column, row);
    if (type == "i8") return get<std::int8_t>(column, row);
    return get<std::int64_t>(column, row);
  }
  Cell key(std::int32_t code) const {
    const std::deque<std::string> texts = keys_->texts();
    return code >= 0 && static_cast<std::size_t>(code) < texts.size() ? Cell(texts[static_cast<std::size_t>(code)])
                                                                      : Cell("a key that no intern() gave");
  }

  template <class T>
  static void put(const penstock_column& column, std::size_t row, T value) {
    static_cast<T*>(column.values)[row] = value;
  }
  template <class T>
  static T get(const penstock_column& column, std::size_t row) {
    return static_cast<const T*>(column.values)[row];
  }

  // The column as an Arrow array.
  void lend(std::size_t index, const Rows& rows) {
    const std::string& type = specs_[index].type;
    ArrowArray* array = nullptr;
    if (type == "text" || type == "bytes") {
      std::vector<std::string> texts;
      for (const Row& row : rows) texts.push_back(row[specs_[index].name].text());
      TextMemory& memory = lent_->texts.emplace_back();
      memory.fill(texts);
      array = &memory.array();
      array->buffers[0] = columns_[index].valid;
    } else {
      auto& [plain, buffers] = lent_->plain.emplace_back();
      plain.length = raw_.rows;
      plain.n_buffers = 2;
      plain.buffers = buffers;
      buffers[0] = columns_[index].valid;
      buffers[1] = columns_[index].values;
      if (type == "key") {
        TextMemory& dictionary = lent_->texts.emplace_back();
        dictionary.fill(keys_->texts());
        plain.dictionary = &dictionary.array();
      }
      array = &plain;
    }
    columns_[index].arrow = array;
    lent_->children.push_back(array);
  }

  void lend_all() {
    static const void* const no_bitmap = nullptr;
    whole_.length = raw_.rows;
    whole_.n_buffers = 1;
    whole_.buffers = const_cast<const void**>(&no_bitmap);
    whole_.n_children = static_cast<std::int64_t>(lent_->children.size());
    whole_.children = lent_->children.data();
    whole_.private_data = new std::shared_ptr<Lent>(lent_);
    whole_.release = [](ArrowArray* array) {
      delete static_cast<std::shared_ptr<Lent>*>(array->private_data);
      array->release = nullptr;
    };
  }

  std::vector<ColumnSpec> specs_;
  Keys* keys_;
  std::vector<std::uint64_t> keep_;
  std::shared_ptr<Lent> lent_ = std::make_shared<Lent>();
  std::vector<penstock_column> columns_;
  ArrowArray whole_{};
  penstock_batch raw_{};
};

}  // namespace testing
}  // namespace v1
}  // namespace penstock
