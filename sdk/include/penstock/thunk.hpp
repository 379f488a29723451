// A class as the functions of the boundary. No exception leaves them: its class becomes the status, its text and place go
// to host->fail.
#pragma once
#include <penstock/audited.hpp>
#include <penstock/form.hpp>
#include <penstock/host.hpp>
#include <penstock/manifest.hpp>
#include <penstock/param.hpp>

#include <cstddef>
#include <exception>
#include <new>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace penstock {
inline namespace v1 {

#ifdef __cpp_exceptions
/// The exception at hand as a status, after telling the host. Apart, so that a thunk is one call and one landing pad.
[[gnu::cold, gnu::noinline]] inline void translate_exception(Host& host) {
  try {
    throw;
  } catch (const PassedOn& known) {
    host.pass_on(known.status);
  } catch (const Error& error) {
    host.fail(error);
  } catch (const std::exception& error) {
    host.fail(PENSTOCK_FAILED, -1, error.what());
  } catch (...) {
    host.fail(PENSTOCK_FAILED, -1, "an exception that is no std::exception was thrown");
  }
}
#endif

/// Calls f, which gives void, Flow or a status.
template <class F>
penstock_status guarded(Host& host, F&& f) noexcept {
  penstock_status status = PENSTOCK_OK;
  const auto call = [&] {
    using Result = std::invoke_result_t<F&>;
    if constexpr (std::is_void_v<Result>)
      f();
    else
      status = static_cast<penstock_status>(f());
  };
#ifdef __cpp_exceptions
  try {
    call();
  } catch (...) {
    translate_exception(host);
  }
#else
  call();
#endif
  const penstock_status failure = host.take_failure();
  return failure == PENSTOCK_OK ? status : failure;
}

struct Nothing {
  Nothing(Host&, const NewColumns&) {}
};

template <class Record>
Output<Record> make_output(Host& host, [[maybe_unused]] const NewColumns& columns, bool emits) {
  if constexpr (std::is_same_v<Record, AnyRecord>)
    return Output<>(host, columns, emits);
  else
    return Output<Record>(host, emits);
}

// What a source has between open and close.
template <class Record>
struct Streaming {
  Streaming(Host& host, const NewColumns& columns) : out(make_output<Record>(host, columns, false)) {}
  Output<Record> out;
  Generator generator;
  bool ended = false;
};

/// What `create` makes. On cache lines of its own: counters of two instances in one line cost fifty times as much.
template <class C, Interface I>
struct alignas(64) Instance {
  using F = form_of<C, I>;

  explicit Instance(const penstock_host& boundary) : host(boundary), object(make(host)), streaming(host, columns) {}

  static C make(Host& host) {
    if constexpr (std::is_constructible_v<C, Host&>)
      return C(host);
    else
      return C();
  }

  Host host;
  Schema schema;
  NewColumns columns;  // that `bind` said
  C object;
  // Behind `object`, to which its coroutine refers.
  std::conditional_t<I == Interface::source, Streaming<typename F::Out>, Nothing> streaming;
};

template <class T>
T value_of(const penstock_value& value) {
  if constexpr (std::is_same_v<T, std::vector<std::string>>) {
    std::vector<std::string> items;
    items.reserve(value.list.count);
    for (std::uint64_t i = 0; i < value.list.count; ++i)
      items.emplace_back(value.list.items[i].text.data, value.list.items[i].text.size);
    return items;
  } else if constexpr (std::is_base_of_v<std::string, T>) {
    return T(value.text.data, value.text.size);
  } else if constexpr (std::is_same_v<T, Duration>) {
    return Duration(value.i64);
  } else if constexpr (std::is_same_v<T, bool>) {
    return value.boolean != 0;
  } else if constexpr (std::is_same_v<T, double>) {
    return value.f64;
  } else if constexpr (std::is_signed_v<T>) {
    return static_cast<T>(value.i64);
  } else {
    return static_cast<T>(value.u64);
  }
}

/// Sets all parameters, and puts them back unless it is told to keep them.
template <class C, class List>
class Assignment;
template <class C, class... Tag>
class Assignment<C, Tags<Tag...>> {
 public:
  Assignment(C& object, const penstock_value* values)
      : object_(object), other_(value_of<typename Tag::value_type>(values[Tag::order])...) {
    swap();
  }
  ~Assignment() {
    if (!kept_) swap();
  }
  Assignment(const Assignment&) = delete;
  Assignment& operator=(const Assignment&) = delete;

  void keep() { kept_ = true; }

 private:
  void swap() {
    using std::swap;
    (swap(param_access::value(Tag::of(object_)), std::get<static_cast<std::size_t>(Tag::order)>(other_)), ...);
  }

  C& object_;
  std::tuple<typename Tag::value_type...> other_;
  bool kept_ = false;
};

template <class C, Interface I>
struct Thunks {
  using Self = Instance<C, I>;
  using F = form_of<C, I>;

  static void* create(const penstock_host* boundary) noexcept {
    Host reporter(*boundary);
    Self* made = nullptr;
    const penstock_status status = guarded(reporter, [&] {
      {
        const CountOfMembers count;
        made = new Self(*boundary);
        refuse_undescribed(count, made->host);
      }
      for_each(metrics<C>{}, [&]<class Tag>(Tag) { metric_access::link<Tag>(Tag::of(made->object), made->host); });
      for_each(params<C>{}, [&]<class Tag>(Tag) { param_access::describe<Tag>(Tag::of(made->object)); });
      return made->host.take_failure();
    });
    if (status == PENSTOCK_OK) return made;
    delete made;
    return nullptr;
  }

  static void destroy(void* self) noexcept { delete static_cast<Self*>(self); }

  static penstock_status configure(void* self, [[maybe_unused]] const penstock_value* values) noexcept {
    return call(self, [&](Self& me) {
      Assignment<C, params<C>> assignment(me.object, values);
      if constexpr (names_configure<C>()) face(me).configure();
      if (!me.host.has_failed()) assignment.keep();
    });
  }

  static penstock_status bind(void* self, const ArrowSchema* in, ArrowSchema* out) noexcept {
    return call(self, [&](Self& me) {
      if (in) me.schema = Schema(*in);
      me.columns = {};
      if constexpr (!names_bind<C>())
        return;
      else if constexpr (I == Interface::source)
        face(me).bind(me.columns);
      else if constexpr (says_columns<F> || binds_with_output<face_of<C>, F>)
        face(me).bind(std::as_const(me.schema), me.columns);
      else
        face(me).bind(std::as_const(me.schema));
      if (out && !me.host.has_failed() && (says_columns<F> || me.columns.size() > 0)) me.columns.give(*out);
    });
  }

  static penstock_status open(void* self) noexcept {
    return call(self, [](Self& me) {
      if constexpr (I == Interface::source) me.streaming.ended = false;
      if constexpr (names_open<C>()) face(me).open();
    });
  }

  static penstock_status close(void* self) noexcept {
    return call(self, [](Self& me) {
      if constexpr (I == Interface::source) me.streaming.generator.reset();
      if constexpr (names_close<C>()) face(me).close();
    });
  }

  static penstock_status tick(void* self, std::int64_t) noexcept {
    return call(self, [](Self& me) { emitting(me, [&](auto&... out) { face(me).tick(out...); }); });
  }

  static penstock_status flush(void* self) noexcept {
    return call(self, [](Self& me) { emitting(me, [&](auto&... out) { face(me).flush(out...); }); });
  }

  static penstock_status stream(void* self, penstock_batch* batch) noexcept {
    const penstock_status status = call(self, [&](Self& me) -> penstock_status {
      auto& s = me.streaming;
      s.out.attach(*batch);
      if (!s.ended) {
        if (!s.generator) s.generator = face(me).stream(s.out);
        s.ended = !s.generator.resume();
        if (s.out.rows() > 0 && s.generator.has_thrown()) s.out.forget_what_follows();
        if (s.out.rows() > 0 || !s.ended) return PENSTOCK_OK;
      }
      // What it threw is told after the rows that it had filled in, which are whole.
      if (s.generator) s.generator.rethrow();
      return PENSTOCK_END;
    });
    // The same call cannot be made again, because the coroutine is gone; it can be opened anew.
    return status == PENSTOCK_RETRY ? PENSTOCK_LOST : status;
  }

  static penstock_status seek(void* self, const char* position) noexcept {
    return call(self, [&](Self& me) { face(me).seek(std::string_view(position)); });
  }

  static penstock_status acknowledge(void* self, const char* position) noexcept {
    return call(self, [&](Self& me) { face(me).acknowledge(std::string_view(position)); });
  }

  static penstock_status process(void* self, penstock_batch* boundary) noexcept {
    return call(self, [&](Self& me) {
      auto batch = input(me, *boundary);
      if constexpr (F::takes == Takes::record) {
        batch.each([&](typename F::In& record) { return row(me.object, record); });
      } else {
        return emitting(me, [&](auto&... out) { return face(me).process(batch, out...); });
      }
    });
  }

  static penstock_status consume(void* self, penstock_batch* boundary) noexcept {
    return call(self, [&](Self& me) {
      const auto batch = input(me, *boundary);
      return face(me).consume(batch);
    });
  }

 private:
  // A parameter that no description names keeps its first value whatever the operator sets, and such a metric is on no log.
  static void refuse_undescribed(const CountOfMembers& count, Host& host) {
    const int params_too_many = count.params() - static_cast<int>(params<C>::size);
    const int metrics_too_many = count.metrics() - static_cast<int>(metrics<C>::size);
    if (params_too_many <= 0 && metrics_too_many <= 0) return;
    std::string which;
    if (params_too_many > 0) which = std::to_string(params_too_many) + " `penstock::Param`";
    if (params_too_many > 0 && metrics_too_many > 0) which += " and ";
    if (metrics_too_many > 0) which += std::to_string(metrics_too_many) + " `penstock::Metric`";
    raise(&host,
          Failed("nobody could set or audit " + which + " of the instance: each is declared by PENSTOCK_PARAM " +
                 "or PENSTOCK_METRIC in the class itself, not in a member of it, or listed in its `describe()`"));
  }

  template <class Body>
  static penstock_status call(void* self, Body&& body) noexcept {
    Self& me = *static_cast<Self*>(self);
    return guarded(me.host, [&] { return body(me); });
  }

  // A public method is called as what it is, and may be inlined; a private override through its base.
  static face_of<C>& face(Self& me) { return me.object; }

  static auto input(Self& me, penstock_batch& boundary) {
    if constexpr (is_dynamic<F>)
      return Batch<>(boundary, me.host, me.schema, &me.columns);
    else
      return Batch<typename F::In>(boundary, me.host);
  }

  // Of C and no other: looked up in no table, also where `process` is virtual.
  template <class Record>
  static auto row(C& object, Record& record) {
    if constexpr (hides_process<C>())
      return static_cast<base_of_t<C>&>(object).process(record);
    else
      return object.C::process(record);
  }

  // With the output of a stage that emits, or with nothing. What a failed call did not hand out yet stays here: to a call
  // that is made again it would come twice.
  template <class Body>
  static auto emitting(Self& me, Body&& body) {
    if constexpr (F::takes == Takes::batch_and_output) {
      auto out = make_output<typename F::Out>(me.host, me.columns, true);
      if constexpr (std::is_void_v<decltype(body(out))>) {
        body(out);
        if (!me.host.has_failed()) out.finish();
      } else {
        const auto result = body(out);
        if (!me.host.has_failed()) out.finish();
        return result;
      }
    } else {
      static_cast<void>(me);
      return body();
    }
  }
};

}  // namespace v1
}  // namespace penstock
