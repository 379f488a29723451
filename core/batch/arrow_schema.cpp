#include "batch/arrow_schema.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace penstock::batch {
namespace {

constexpr std::int64_t max_columns = 10'000;

constexpr std::array known_types{Type::boolean, Type::i8,   Type::i16,      Type::i32,  Type::i64,
                                 Type::u8,      Type::u16,  Type::u32,      Type::u64,  Type::f32,
                                 Type::f64,     Type::time, Type::duration, Type::text, Type::bytes};

// What is lent is never released by the borrower; Arrow only asks that `release` is not null while the schema is valid.
void keep(ArrowSchema*) {}

ArrowSchema node(const char* format, const char* name, std::int64_t flags) {
  ArrowSchema made{};
  made.format = format;
  made.name = name;
  made.flags = flags;
  made.release = keep;
  return made;
}

std::optional<Type> read_type(const ArrowSchema& column) {
  if (column.dictionary == nullptr) return find_arrow_type(column.format);
  const ArrowSchema& words = *column.dictionary;
  const bool key = std::string_view(column.format) == arrow_format(Type::key) && words.format != nullptr &&
                   std::string_view(words.format) == arrow_format(Type::text);
  return key ? std::optional(Type::key) : std::nullopt;
}

}  // namespace

std::optional<Type> find_arrow_type(std::string_view format) noexcept {
  const auto* found =
      std::ranges::find(known_types, format, [](Type type) { return std::string_view(arrow_format(type)); });
  if (found == known_types.end()) return std::nullopt;
  return *found;
}

BorrowedSchema::BorrowedSchema(const Schema& schema) : root_(node("+s", "", 0)) {
  for (const Field& field : schema) {
    names_.push_back(field.name);
    ArrowSchema& column = nodes_.emplace_back(
        node(arrow_format(field.type), names_.back().c_str(), field.nullable ? ARROW_FLAG_NULLABLE : 0));
    children_.push_back(&column);
    if (field.type == Type::key) column.dictionary = &nodes_.emplace_back(node(arrow_format(Type::text), "", 0));
  }
  root_.n_children = static_cast<std::int64_t>(children_.size());
  root_.children = children_.data();
}

std::optional<Schema> read_schema(const ArrowSchema& schema, std::string& fault) {
  const auto refuse = [&](std::string text) {
    fault = std::move(text);
    return std::nullopt;
  };
  if (schema.format == nullptr || std::string_view(schema.format) != "+s") return refuse("is not a struct of columns");
  if (schema.n_children < 0 || schema.n_children > max_columns)
    return refuse("has " + std::to_string(schema.n_children) + " columns; at most " + std::to_string(max_columns) +
                  " are taken");
  if (schema.n_children > 0 && schema.children == nullptr) return refuse("counts columns and has none");

  Schema read;
  std::set<std::string_view> names;
  for (std::int64_t i = 0; i < schema.n_children; ++i) {
    const ArrowSchema* column = schema.children[i];
    const std::string position = "column " + std::to_string(i + 1);
    if (column == nullptr || column->format == nullptr) return refuse("is incomplete at " + position);
    if (column->name == nullptr || *column->name == '\0') return refuse("has no name for " + position);
    const std::string name = column->name;
    if (!names.insert(column->name).second) return refuse("names the column `" + name + "` twice");
    const auto type = read_type(*column);
    if (!type)
      return refuse("gives `" + name + "` the Arrow format `" + column->format +
                    (column->dictionary != nullptr ? "` with a dictionary, which" : "`, which") +
                    " no column of a batch has");
    read.push_back({name, *type, (column->flags & ARROW_FLAG_NULLABLE) != 0});
  }
  return read;
}

}  // namespace penstock::batch
