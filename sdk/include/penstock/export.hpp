// PENSTOCK_EXPORT: a class becomes a type that the host can find.
#pragma once
#include <penstock/concepts.hpp>
#include <penstock/manifest.hpp>
#include <penstock/thunk.hpp>

#include <cstddef>
#include <string_view>

namespace penstock {
inline namespace v1 {

template <std::size_t Size>
struct MethodTable {
  penstock_method row[Size + 1];  // the last one is empty
};

template <class C, Interface I>
consteval std::size_t method_count() {
  std::size_t count = 0;
#define PENSTOCK_COUNT_(method, result, arguments, need, since, signature) count += HasMethod<C, I>::method;
  if constexpr (conforms_to<C, I>()) {
    PENSTOCK_ALL_METHODS(PENSTOCK_COUNT_)
  }
#undef PENSTOCK_COUNT_
  return count;
}

template <std::size_t Size, class C, Interface I>
constexpr MethodTable<Size> method_table() {
  MethodTable<Size> table{};
#define PENSTOCK_ADD_ROW_(method, result, arguments, need, since, signature) \
  if constexpr (HasMethod<C, I>::method) table.row[next++] = {#method, {.method = &Thunks<C, I>::method}};
  if constexpr (conforms_to<C, I>()) {
    std::size_t next = 0;
    PENSTOCK_ALL_METHODS(PENSTOCK_ADD_ROW_)
  }
#undef PENSTOCK_ADD_ROW_
  return table;
}

/// The interfaces by the names that PENSTOCK_EXPORT takes.
namespace interfaces {
inline constexpr Interface Source = Interface::source;
inline constexpr Interface Stage = Interface::stage;
inline constexpr Interface Sink = Interface::sink;
}  // namespace interfaces

}  // namespace v1
}  // namespace penstock

/// PENSTOCK_EXPORT(Source | Stage | Sink, Class, type_name, attributes...), once per type, outside of any function.
/// Attributes: stateless(), keyed_by("column"), deterministic(), ordered_by("column").
#define PENSTOCK_EXPORT(interface_, Class, name_without_quotes, ...)                                                   \
  namespace penstock_export_##name_without_quotes {                                                                    \
    using namespace ::penstock::attributes;                                                                            \
    inline constexpr auto kind = ::penstock::interfaces::interface_;                                                   \
    inline constexpr auto size =                                                                                       \
        ::penstock::manifest_size<Class, kind>(#name_without_quotes __VA_OPT__(, ) __VA_ARGS__);                       \
    inline constexpr auto count = ::penstock::method_count<Class, kind>();                                             \
    inline constexpr auto text =                                                                                       \
        ::penstock::manifest_text<size, Class, kind>(#name_without_quotes __VA_OPT__(, ) __VA_ARGS__);                 \
    static_assert(::penstock::is_identifier(#name_without_quotes),                                                     \
                  "the name of a type is a lower-case letter, then lower-case letters, digits and `_`, at most 128 "   \
                  "bytes [PS0304]");                                                                                   \
    static_assert(::penstock::are_attributes_of_a_type(__VA_ARGS__),                                                   \
                  "the attributes of a type are stateless(), keyed_by(), deterministic() and ordered_by(), and "       \
                  "something else stands among them");                                                                 \
    static_assert(::penstock::has_one_state(__VA_ARGS__), "a type is stateless(), or keyed_by() one column");          \
    static_assert(::penstock::has_key_column<Class, kind>(__VA_ARGS__),                                                \
                  "keyed_by() names a column that the record reads or writes, of a Source one that it adds [PS0308]"); \
    static_assert(::penstock::has_order_column<Class, kind>(__VA_ARGS__),                                              \
                  "ordered_by() belongs to a Source, and names a column that it adds [PS0308]");                       \
  }                                                                                                                    \
  extern "C" PENSTOCK_EXPORT_SYMBOL constexpr ::penstock::ManifestText<penstock_export_##name_without_quotes::size>    \
      penstock_type_##name_without_quotes = penstock_export_##name_without_quotes::text;                               \
  extern "C" PENSTOCK_EXPORT_SYMBOL constexpr ::penstock::MethodTable<penstock_export_##name_without_quotes::count>    \
      penstock_methods_##name_without_quotes =                                                                         \
          ::penstock::method_table<penstock_export_##name_without_quotes::count, Class,                                \
                                   penstock_export_##name_without_quotes::kind>();
