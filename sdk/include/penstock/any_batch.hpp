// A batch whose columns are known at run time: what a sink takes that writes every column that comes.
#pragma once
#include <penstock/batch.hpp>
#include <penstock/text.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace penstock {
inline namespace v1 {

/// The types of columns as Arrow, a manifest and C++ name them.
struct ArrowType {
  const char* format;
  std::string_view type, spelled;
};
inline constexpr ArrowType arrow_types[] = {{"b", "bool", "bool"},
                                            {"c", "i8", "std::int8_t"},
                                            {"s", "i16", "std::int16_t"},
                                            {"i", "i32", "std::int32_t"},
                                            {"l", "i64", "std::int64_t"},
                                            {"C", "u8", "std::uint8_t"},
                                            {"S", "u16", "std::uint16_t"},
                                            {"I", "u32", "std::uint32_t"},
                                            {"L", "u64", "std::uint64_t"},
                                            {"f", "f32", "float"},
                                            {"g", "f64", "double"},
                                            {"u", "text", "std::string_view"},
                                            {"z", "bytes", "std::string_view"},
                                            {"tDn", "duration", "penstock::Duration"},
                                            {"tsn:UTC", "time", "penstock::Time"}};

/// The Arrow format of the values of a column; a key is the code in its dictionary.
constexpr const char* arrow_format(std::string_view type) {
  for (const ArrowType& one : arrow_types)
    if (one.type == type) return one.format;
  return "i";
}

/// What an author writes for a type of a manifest.
constexpr std::string_view spelled_type(std::string_view type) {
  for (const ArrowType& one : arrow_types)
    if (one.type == type) return one.spelled;
  return "penstock::Key";
}

/// One column of a Batch<>: its name, its type, and its values as text or as they are.
class AnyColumn {
 public:
  AnyColumn(std::string name, std::string_view type, bool may_be_null = false)
      : name_(std::move(name)), type_(type), may_be_null_(may_be_null) {}

  const std::string& name() const { return name_; }
  /// As in a manifest: f64, time, key, ...; empty for an Arrow type that Penstock has no name for.
  std::string_view type() const { return type_; }

  std::size_t size() const { return size_; }
  /// Of this batch or another: some row may be null.
  bool may_be_null() const { return may_be_null_; }
  bool is_null(std::size_t row) const { return column_.valid && !bit_at(column_.valid, row); }

  /// The value as text, or `null_text`; valid until the next call on this column. Numbers have the fewest digits that read
  /// back the same, times are RFC 3339 in UTC, durations are seconds with an `s`, bytes are as they are.
  std::string_view text(std::size_t row, std::string_view null_text) const;

  /// The values themselves. T is the column's type, or Nullable of it. Without Nullable a null row has an unspecified
  /// value: ask is_null().
  template <class T>
  bool holds() const {
    static_assert(is_column_value<T>,
                  "no column has values of this type; of a text column they are std::string_view [PS0201]");
    return type_name<T>() == type_;
  }
  template <class T>
  Column<const T> as() const {
    static_assert(is_column_value<T>,
                  "no column has values of this type; of a text column they are std::string_view [PS0201]");
    return Column<const T>(column_, size_);
  }

  /// For the SDK.
  void attach(const penstock_column& column, std::size_t size) {
    column_ = column;
    size_ = size;
  }

 private:
  std::string name_;
  std::string_view type_;
  bool may_be_null_;
  penstock_column column_{};
  std::size_t size_ = 0;
  mutable TextBuffer buffer_;
};

/// The columns that come, as `bind` learned them.
class Schema {
 public:
  Schema() = default;
  explicit Schema(const ArrowSchema& schema) {
    columns_.reserve(static_cast<std::size_t>(schema.n_children));
    for (std::int64_t i = 0; i < schema.n_children; ++i) {
      const ArrowSchema& child = *schema.children[i];
      columns_.emplace_back(child.name ? child.name : "", type_of(child), (child.flags & ARROW_FLAG_NULLABLE) != 0);
    }
  }

  std::span<const AnyColumn> columns() const { return columns_; }

  /// For the SDK: points the columns at a batch.
  void attach(const penstock_batch& batch) {
    for (std::size_t i = 0; i < columns_.size(); ++i)
      columns_[i].attach(batch.column[i], static_cast<std::size_t>(batch.rows));
  }

 private:
  static std::string_view type_of(const ArrowSchema& schema) {
    if (schema.dictionary) return std::string_view(schema.dictionary->format) == "u" ? "key" : "";
    for (const ArrowType& one : arrow_types)
      if (schema.format == std::string_view(one.format)) return one.type;
    return "";
  }

  std::vector<AnyColumn> columns_;
};

/// The rows of a batch that was taken over: they stay until this goes, also after the call, and are not copied. It may be
/// used and destroyed on any thread, by one at a time.
class OwnedBatch {
 public:
  /// No columns and no rows.
  OwnedBatch() = default;
  OwnedBatch(OwnedBatch&& other) noexcept
      : array_(std::exchange(other.array_, {})), columns_(std::move(other.columns_)) {}
  OwnedBatch& operator=(OwnedBatch other) noexcept {
    std::swap(array_, other.array_);
    columns_.swap(other.columns_);
    return *this;
  }
  ~OwnedBatch() {
    if (array_.release) array_.release(&array_);
  }

  std::size_t rows() const { return static_cast<std::size_t>(array_.length); }
  std::span<const AnyColumn> columns() const { return columns_; }

  /// For the SDK: moves the array out of the host's hands. The columns point into it.
  OwnedBatch(ArrowArray& array, std::span<const AnyColumn> columns)
      : array_(array), columns_(columns.begin(), columns.end()) {
    array.release = nullptr;
  }

 private:
  ArrowArray array_{};
  std::vector<AnyColumn> columns_;
};

class NewColumns;

/// Batch<>: every column that comes.
template <>
class Batch<AnyRecord> : public BatchBase {
 public:
  /// For the SDK.
  Batch(penstock_batch& batch, Host& host, Schema& schema, const NewColumns* added = nullptr)
      : BatchBase(batch, host), schema_(&schema), added_(added) {
    schema.attach(batch);
  }

  std::span<const AnyColumn> columns() const { return schema_->columns(); }

  /// nullptr: none of this name.
  const AnyColumn* find(std::string_view name) const {
    for (const AnyColumn& column : columns())
      if (column.name() == name) return &column;
    return nullptr;
  }

  /// The values of a column of this name and type; of one that may be null, T is Nullable. Throws Refused if there is
  /// none; without exceptions, the call fails when it returns, and until then the column has no rows: go by its size().
  template <class T>
  Column<const T> column(std::string_view name) const {
    const AnyColumn* found = find(name);
    const bool is_of_type = found && found->type() == type_name<T>();
    // as() says what a column cannot hold
    if (is_of_type && (is_nullable<T> || !found->may_be_null())) return found->as<T>();
    raise(host_, Refused(is_of_type ? nulls_without_nullable(*found)
                                    : "no column `" + std::string(name) + "` of type " + std::string(type_name<T>()) +
                                          (found ? ": its type is " + std::string(found->type()) : "")));
    return Column<const T>(penstock_column{}, 0);
  }

  /// Of a stage: the values of a column that its `bind` added, to be filled. Throws Failed if there is none of this name
  /// and type; without exceptions, the call fails when it returns, and until then the column has no rows.
  template <class T>
  Column<T> added(std::string_view name);

  /// Of a sink: takes the rows over, to be read after the call as well. From here on they are only read there. Once for
  /// each batch: without exceptions, a second time fails the call and gives no rows.
  OwnedBatch take() const {
    ArrowArray* const array = batch_->arrow;
    if (array && array->release) return OwnedBatch(*array, columns());
    raise(host_, Failed("the batch has been taken already"));
    return {};
  }

  /// Drops every row for whose number f is false. Gives their number.
  template <class F>
  std::uint64_t drop_unless(F&& f) {
    std::uint64_t dropped = 0;
    for_each_chunk([&](std::size_t base, auto count) {
      RowMask kept;
      for (std::size_t i = 0; i < count; ++i) kept.set(i, f(base + i));
      dropped += keep_if(kept.word(count), base, count);
    });
    return dropped;
  }

 private:
  static std::string nulls_without_nullable(const AnyColumn& column) {
    const std::string type(spelled_type(column.type()));
    return "column `" + column.name() + "` may be null, and `" + type +
           "` cannot say so: write `column<penstock::Nullable<" + type + ">>(\"" + column.name() +
           "\")`; of its element `x` the value is `x.value` where `x.valid`";
  }

  Schema* schema_;
  const NewColumns* added_;
};

inline std::string_view AnyColumn::text(std::size_t row, std::string_view null_text) const {
  if (is_null(row)) return null_text;
  const auto i = static_cast<std::int64_t>(row);
  const auto value = [&]<class T>(T) { return static_cast<const T*>(column_.values)[row]; };
  if (type_ == "f64") return buffer_.real(value(double{}));
  if (type_ == "key") return arrow_key_text(column_.arrow, value(Key{}));
  if (type_ == "time") return buffer_.time(value(Time{}));
  if (type_ == "text" || type_ == "bytes") return arrow_text(*column_.arrow, i);
  if (type_ == "bool") return bit_at(static_cast<const std::uint64_t*>(column_.values), row) ? "true" : "false";
  if (type_ == "i64") return buffer_.integer(value(std::int64_t{}));
  if (type_ == "u64") return buffer_.integer(value(std::uint64_t{}));
  if (type_ == "f32") return buffer_.real(value(float{}));
  if (type_ == "duration") return buffer_.duration(value(Duration{}));
  if (type_ == "i32") return buffer_.integer(value(std::int32_t{}));
  if (type_ == "u32") return buffer_.integer(value(std::uint32_t{}));
  if (type_ == "i16") return buffer_.integer(value(std::int16_t{}));
  if (type_ == "u16") return buffer_.integer(value(std::uint16_t{}));
  if (type_ == "i8") return buffer_.integer(int{value(std::int8_t{})});
  if (type_ == "u8") return buffer_.integer(int{value(std::uint8_t{})});
  return null_text;
}

}  // namespace v1
}  // namespace penstock
