// What the signature of `stream`, `process` or `consume` says: which columns come and go, and what becomes of the rows.
#pragma once
#include <penstock/any_batch.hpp>
#include <penstock/derived.hpp>
#include <penstock/generator.hpp>
#include <penstock/output.hpp>
#include <penstock/record.hpp>

#include <string_view>
#include <type_traits>

namespace penstock {
inline namespace v1 {

enum class Interface { source, stage, sink };

/// How a main method takes its rows.
enum class Takes { unknown, copy, record, batch, batch_and_output, output };

template <class... Arguments>
struct Arguments_of {
  static constexpr Takes takes = Takes::unknown;
};
template <record R>
struct Arguments_of<R> {
  static constexpr Takes takes = Takes::copy;
};
template <class R>
struct Arguments_of<R&> {
  static constexpr Takes takes = record<std::remove_const_t<R>> ? Takes::record : Takes::unknown;
  using In = std::remove_const_t<R>;
  using Out = void;
  static constexpr bool may_drop = false;
};
template <class R>
struct Arguments_of<Batch<R>&> {
  static constexpr Takes takes = Takes::batch;
  using In = R;
  using Out = void;
  static constexpr bool may_drop = true;
};
template <class R>
struct Arguments_of<const Batch<R>&> {
  static constexpr Takes takes = Takes::batch;
  using In = R;
  using Out = void;
  static constexpr bool may_drop = false;
};
template <class R, class O>
struct Arguments_of<const Batch<R>&, Output<O>&> {
  static constexpr Takes takes = Takes::batch_and_output;
  using In = R;
  using Out = O;
};
template <class O>
struct Arguments_of<Output<O>&> {
  static constexpr Takes takes = Takes::output;
  using In = void;
  using Out = O;
};

template <class Pointer>
struct Form {
  static constexpr Takes takes = Takes::unknown;
};
template <class C, class R, class... A>
struct Form<R (C::*)(A...)> : Arguments_of<A...> {
  using Result = R;
};
template <class C, class R, class... A>
struct Form<R (C::*)(A...) const> : Form<R (C::*)(A...)> {};
template <class C, class R, class... A>
struct Form<R (C::*)(A...) noexcept> : Form<R (C::*)(A...)> {};
template <class C, class R, class... A>
struct Form<R (C::*)(A...) const noexcept> : Form<R (C::*)(A...)> {};

template <class C, Interface I>
consteval auto main_form() {
  // A class that derives has the form of its base; only there is a method sure to be public.
  using Declares = base_of_t<C>;
  if constexpr (I == Interface::source)
    return Form<decltype(&Declares::stream)>{};
  else if constexpr (I == Interface::stage)
    return Form<decltype(&Declares::process)>{};
  else
    return Form<decltype(&Declares::consume)>{};
}
/// The form of a class that conforms.
template <class C, Interface I>
using form_of = decltype(main_form<C, I>());

template <class F>
inline constexpr bool is_dynamic = std::is_same_v<typename F::In, AnyRecord>;
/// What the rows are like that it makes is said by its `bind`.
template <class F>
inline constexpr bool says_columns = std::is_same_v<typename F::Out, AnyRecord>;

/// The `rows` label of a stage.
template <class F>
consteval std::string_view rows_label() {
  if constexpr (F::takes == Takes::batch_and_output)
    return "any";
  else if constexpr (F::takes == Takes::batch)
    return F::may_drop ? "fewer" : "same";
  else
    return std::is_void_v<typename F::Result> ? "same" : "fewer";
}

}  // namespace v1
}  // namespace penstock
