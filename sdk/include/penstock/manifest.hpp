// A class as the text of abi/manifest.h, written by the compiler.
#pragma once
#include <penstock/concepts.hpp>
#include <penstock/decimal.hpp>
#include <penstock/form.hpp>
#include <penstock/member.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

namespace penstock {
inline namespace v1 {

/// Which rows the table of methods has. A source always has `open` and `close`: its coroutine lives between them.
template <class C, Interface I>
struct HasMethod {
  static constexpr bool is_source = I == Interface::source;
  static constexpr bool create = true;
  static constexpr bool destroy = true;
  static constexpr bool configure = params<C>::size > 0 || names_configure<C>();
  static constexpr bool bind = is_dynamic<form_of<C, I>> || says_columns<form_of<C, I>>;
  static constexpr bool open = is_source || names_open<C>();
  static constexpr bool close = is_source || names_close<C>();
  static constexpr bool tick = !is_source && names_tick<C>();
  static constexpr bool stream = is_source;
  static constexpr bool seek = is_source && names_seek<C>();
  static constexpr bool acknowledge = is_source && names_acknowledge<C>();
  static constexpr bool process = I == Interface::stage;
  static constexpr bool consume = I == Interface::sink;
  static constexpr bool flush = !is_source && names_flush<C>();
};

/// Writes to `out`, or only counts without one.
class ManifestWriter {
 public:
  constexpr explicit ManifestWriter(char* out = nullptr) : out_(out) {}

  constexpr std::size_t size() const { return size_; }

  constexpr void text(std::string_view s) {
    for (const char c : s) {
      if (out_) out_[size_] = c;
      ++size_;
    }
  }
  constexpr void kind(std::string_view name, std::string_view value) {
    text(name);
    text(":");
    text(value);
  }
  constexpr void label(std::string_view name, std::string_view value) {
    text("\t");
    kind(name, value);
  }
  constexpr void label_if(std::string_view name, std::string_view value) {
    if (!value.empty()) label(name, value);
  }
  constexpr void flag(std::string_view name, bool on) {
    if (on) label(name, "yes");
  }
  template <class T>
  constexpr void number(std::string_view name, const Number& n) {
    if (!n.exists()) return;
    if constexpr (std::is_same_v<T, bool>)
      label(name, n.as<bool>() ? "true" : "false");
    else if constexpr (std::is_same_v<T, double>)
      label(name, Decimal(n.as<double>()).text());
    else if constexpr (std::is_unsigned_v<T>)
      label(name, Decimal(n.as<std::uint64_t>()).text());
    else
      label(name, Decimal(n.as<std::int64_t>()).text());
  }
  /// A number as a pipeline file has it: a duration with the largest unit in which it is whole.
  constexpr void written(std::string_view name, const Number& n) {
    struct Unit {
      std::int64_t ns;
      std::string_view name;
    };
    constexpr Unit units[] = {{1'000'000'000, "s"}, {1'000'000, "ms"}, {1'000, "us"}, {1, "ns"}};
    if (n.kind == Number::Kind::real) return label(name, Decimal(n.real).text());
    if (!n.has_unit)
      return n.kind == Number::Kind::natural ? number<std::uint64_t>(name, n) : number<std::int64_t>(name, n);
    for (const Unit& unit : units)
      if (const auto ns = n.as<std::int64_t>(); ns % unit.ns == 0) {
        label(name, Decimal(ns / unit.ns).text());
        return text(unit.name);
      }
  }
  constexpr void end_line() { text("\n"); }

 private:
  char* out_;
  std::size_t size_ = 0;
};

template <class C>
consteval auto spelled_with_class() {
  return std::string_view(__PRETTY_FUNCTION__);
}

/// The qualified name as the compiler spells it; an unnamed namespace as the demangler does, which g++ does not.
template <class C>
constexpr void write_class_name(ManifestWriter& w) {
  constexpr std::string_view spelled = spelled_with_class<C>();
  constexpr std::string_view before = "C = ", unnamed = "{anonymous}";
  constexpr std::size_t begin = spelled.find(before) + before.size();
  std::string_view name = spelled.substr(begin, spelled.rfind(']') - begin);
  for (std::size_t at; (at = name.find(unnamed)) != name.npos; name.remove_prefix(at + unnamed.size())) {
    w.text(name.substr(0, at));
    w.text("(anonymous namespace)");
  }
  w.text(name);
}

template <class Tag>
constexpr void write_member(ManifestWriter& w) {
  using T = typename Tag::value_type;
  const Description d = Tag::description();
  w.kind(Tag::kind == 'p' ? "param" : "metric", d.name);
  w.label("type", d.type);
  if (d.required)
    w.label("required", "yes");
  else if (d.value.exists())
    w.number<T>("default", d.value);
  else
    w.label("default", d.text);
  if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, Duration>) {
    w.number<T>("min", d.low);
    w.number<T>("max", d.high);
  }
  if (d.choices > 0) {
    w.label("choices", d.choice[0]);
    for (std::size_t i = 1; i < d.choices; ++i) w.text("|"), w.text(d.choice[i]);
  }
  w.flag("list", d.list);
  w.flag("rising", d.rising);
  w.flag("reload", d.reload);
  w.flag("secret", d.secret);
  w.label_if("label", d.label);
  w.label_if("unit", d.unit);
  if (d.example_number.exists())
    w.written("example", d.example_number);
  else
    w.label_if("example", d.example);
  w.label("doc", d.doc);
  w.end_line();
}

template <class Tag>
constexpr void write_column(ManifestWriter& w) {
  const Description d = Tag::description();
  w.kind("column", d.name);
  w.label("access", Tag::kind == 'r' ? "read" : Tag::kind == 'w' ? "write" : "add");
  w.label("type", d.type);
  w.flag("null", d.nullable);
  w.label("doc", d.doc);
  w.end_line();
}

template <class A>
concept attribute_of_a_type = requires(const A& attribute, ManifestWriter& w) {
  attribute.write(w);
};
template <class... Attributes>
consteval bool are_attributes_of_a_type(const Attributes&...) {
  return (attribute_of_a_type<Attributes> && ...);
}

template <class C, Interface I, class... Attributes>
constexpr void write_manifest(ManifestWriter& w, std::string_view id, Attributes... attributes) {
  using F = form_of<C, I>;
  w.kind("penstock", "1");
  w.label("name", id);
  w.label("interface", I == Interface::source ? "Source" : I == Interface::stage ? "Stage" : "Sink");
  w.text(" " PENSTOCK_ABI_VERSION_TEXT);
  w.label("sdk", PENSTOCK_ABI_VERSION_TEXT);
  w.label("class", "");
  write_class_name<C>(w);
  if constexpr (I == Interface::stage) w.label("rows", rows_label<F>());
  if constexpr ((attribute_of_a_type<Attributes> && ...)) (attributes.write(w), ...);
  w.end_line();

#define PENSTOCK_METHOD_LINE_(method, result, arguments, need, since, signature) \
  if constexpr (HasMethod<C, I>::method) {                                       \
    w.kind("method", #method);                                                   \
    w.label("signature", signature);                                             \
    w.end_line();                                                                \
  }
  PENSTOCK_ALL_METHODS(PENSTOCK_METHOD_LINE_)
#undef PENSTOCK_METHOD_LINE_

  for_each(members<C>{}, [&]<class Tag>(Tag) { write_member<Tag>(w); });
  if constexpr (is_dynamic<F>)
    w.text("column:*\taccess:read\n");
  else
    for_each(fields<typename F::In>{}, [&]<class Tag>(Tag) { write_column<Tag>(w); });
  for_each(fields<typename F::Out>{}, [&]<class Tag>(Tag) { write_column<Tag>(w); });
}

template <class C, Interface I, class... Attributes>
consteval std::size_t manifest_size(std::string_view id, Attributes... attributes) {
  ManifestWriter counter;
  if constexpr (conforms_to<C, I>()) write_manifest<C, I>(counter, id, attributes...);
  return counter.size();
}

/// The text and its NUL.
template <std::size_t Size>
struct ManifestText {
  char text[Size + 1];
};

template <std::size_t Size, class C, Interface I, class... Attributes>
consteval ManifestText<Size> manifest_text(std::string_view id, Attributes... attributes) {
  ManifestText<Size> result{};
  ManifestWriter writer(result.text);
  if constexpr (conforms_to<C, I>()) write_manifest<C, I>(writer, id, attributes...);
  return result;
}

}  // namespace v1
}  // namespace penstock
