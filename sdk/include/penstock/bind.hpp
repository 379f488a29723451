// Columns that are known at run time only, such as those of a table's header: what `bind` says.
#pragma once
#include <penstock/any_batch.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace penstock {
inline namespace v1 {

/// The columns that a type adds. Names are those of a manifest: a lower-case letter, then lower-case letters, digits and `_`; the
/// host refuses others, and a name that is there already.
class NewColumns {
 public:
  /// T is a number, bool, penstock::Key, Time, Duration, or Nullable of one.
  template <class T>
  NewColumns& add(std::string_view name) {
    static_assert(
        is_column_value<T> && !std::is_same_v<plain_t<T>, std::string_view>,
        "a column that is added is a number, bool, penstock::Key, Time, Duration, or Nullable of one: for text "
        "use penstock::Key [PS0309]");
    columns_.push_back({std::string(name), type_name<T>(), is_nullable<T>});
    return *this;
  }

  std::size_t size() const { return columns_.size(); }
  const std::string& name(std::size_t index) const { return columns_[index].name; }
  /// As in a manifest: f64, time, key, ...
  std::string_view type(std::size_t index) const { return columns_[index].type; }
  bool is_nullable_at(std::size_t index) const { return columns_[index].nullable; }
  /// size(): none of this name.
  std::size_t find(std::string_view name) const {
    std::size_t index = 0;
    while (index < size() && columns_[index].name != name) ++index;
    return index;
  }

  /// For the SDK: the columns as the boundary has them, given to who gets them.
  void give(ArrowSchema& out) const;

  /// For the SDK: whether the column holds values of this type, and may be null as it says.
  template <class T>
  bool holds(std::size_t index) const {
    return index < size() && type(index) == type_name<T>() && is_nullable_at(index) == is_nullable<T>;
  }

 private:
  struct Column {
    std::string name;
    std::string_view type;
    bool nullable;
  };
  // What an ArrowSchema points to.
  struct Given {
    std::vector<Column> columns;
    std::vector<ArrowSchema> children;
    std::vector<ArrowSchema*> pointers;
    ArrowSchema dictionary{};
  };
  static void release_nothing(ArrowSchema* schema) { schema->release = nullptr; }

  std::vector<Column> columns_;
};

inline void NewColumns::give(ArrowSchema& out) const {
  auto given = std::make_unique<Given>();
  given->columns = columns_;
  given->dictionary.format = "u";
  given->dictionary.release = release_nothing;
  given->children.reserve(columns_.size());
  for (const Column& column : given->columns) {
    ArrowSchema& child = given->children.emplace_back();
    child.name = column.name.c_str();
    child.format = arrow_format(column.type);
    child.flags = column.nullable ? ARROW_FLAG_NULLABLE : 0;
    if (column.type == "key") child.dictionary = &given->dictionary;
    child.release = release_nothing;
    given->pointers.push_back(&child);
  }
  out = {};
  out.format = "+s";
  out.n_children = static_cast<std::int64_t>(given->children.size());
  out.children = given->pointers.data();
  out.release = [](ArrowSchema* schema) {
    delete static_cast<Given*>(schema->private_data);
    schema->release = nullptr;
  };
  out.private_data = given.release();
}

template <class T>
Column<T> Batch<AnyRecord>::added(std::string_view name) {
  const std::size_t index = added_ ? added_->find(name) : 0;
  if (added_ && added_->holds<T>(index)) return Column<T>(batch_->column[schema_->columns().size() + index], rows());
  raise(host_, Failed("`bind` added no column `" + std::string(name) + "` of type " + std::string(type_name<T>()) +
                      (is_nullable<T> ? " with nulls" : "")));
  return Column<T>(penstock_column{}, 0);
}

}  // namespace v1
}  // namespace penstock
