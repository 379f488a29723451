// Parameters of a test, from what it gives by name.
#pragma once
#include <penstock/param.hpp>
#include <penstock/testing/cell.hpp>
#include <penstock/thunk.hpp>

#include <cstddef>
#include <deque>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace penstock {
inline namespace v1 {
namespace testing {

/// A parameter: a value, or a list of texts.
struct Setting {
  std::string name;
  Cell value;
  std::optional<std::vector<std::string>> list;

  template <class T>
  requires std::is_constructible_v<Cell, T> Setting(std::string n, T v) : name(std::move(n)), value(std::move(v)) {}
  Setting(std::string n, std::vector<std::string> items) : name(std::move(n)), list(std::move(items)) {}
};

/// `{{"max", 150.0}, {"names", std::vector<std::string>{"a", "b"}}}`. No vector, which two texts could be a range of.
class Settings {
 public:
  Settings() = default;
  Settings(std::initializer_list<Setting> settings) : settings_(settings) {}
  auto begin() const { return settings_.begin(); }
  auto end() const { return settings_.end(); }

 private:
  std::vector<Setting> settings_;
};

/// "; known are `a`, `b`": for who has named one that the class does not have. Empty if it has none at all.
template <class Tags>
std::string known() {
  std::string all;
  for_each(Tags{}, [&]<class Tag>(Tag) {
    all.append(all.empty() ? "; known are " : ", ").append("`").append(Tag::description().name).append("`");
  });
  return all;
}

/// All parameters of a class: those that are given, the others with their defaults.
template <class C>
class Values {
 public:
  explicit Values(const Settings& given) {
    for (const Setting& one : given) {
      bool is_known = false;
      for_each(params<C>{}, [&]<class Tag>(Tag) { is_known = is_known || Tag::description().name == one.name; });
      if (!is_known) fail(-1, "there is no parameter `" + one.name + "`" + known<params<C>>());
    }
    for_each(params<C>{}, [&]<class Tag>(Tag) { add<Tag>(given); });
  }
  Values(const Values&) = delete;
  Values& operator=(const Values&) = delete;

  /// Of the first fault; empty: there is none, and the values are whole.
  const std::string& fault() const { return fault_; }
  int faulty() const { return faulty_; }
  const penstock_value* data() const { return values_.data(); }

 private:
  void fail(int parameter, std::string text) {
    if (!fault_.empty()) return;
    fault_ = std::move(text);
    faulty_ = parameter;
  }

  template <class Tag>
  void add(const Settings& given) {
    using T = typename Tag::value_type;
    const Description& d = description_of<Tag>;
    const Setting* found = nullptr;
    for (const Setting& one : given)
      if (one.name == d.name) found = &one;
    if (!found && d.required) fail(Tag::order, "`" + std::string(d.name) + "` is required");
    values_.push_back(found ? given_value<T>(*found, d, Tag::order) : boundary(initial_value<T>(d)));
  }

  template <class T>
  penstock_value given_value(const Setting& setting, const Description& d, int order) {
    const Cell& cell = setting.value;
    const auto wrong = [&] {
      fail(order, "`" + std::string(d.name) + "` is of type " + std::string(d.list ? "list" : d.type));
      return penstock_value{};
    };
    if constexpr (std::is_same_v<T, std::vector<std::string>>) {
      return setting.list ? boundary(*setting.list) : wrong();
    } else if constexpr (std::is_same_v<T, bool>) {
      return cell.is_bool() ? boundary(cell.as<bool>()) : wrong();
    } else if constexpr (std::is_base_of_v<std::string, T>) {
      if (!cell.is_text()) return wrong();
      bool is_choice = d.choices == 0;
      for (std::size_t i = 0; i < d.choices; ++i) is_choice = is_choice || d.choice[i] == cell.text();
      if (!is_choice) fail(order, "`" + std::string(d.name) + "` cannot be `" + cell.text() + "`");
      return boundary(T(std::string_view(cell.text())));
    } else {
      using Plain = std::conditional_t<std::is_same_v<T, Duration>, std::int64_t, T>;
      if (!cell.fits<Plain>() || !cell.suits(d.type)) return wrong();
      const T value(cell.as<Plain>());
      if (!d.allows(value)) fail(order, "`" + std::string(d.name) + "` is out of its bounds");
      return boundary(value);
    }
  }

  template <class T>
  penstock_value boundary(const T& x) {
    penstock_value value{};
    if constexpr (std::is_same_v<T, std::vector<std::string>>) {
      auto& items = lists_.emplace_back();
      for (const std::string& text : x) items.push_back(boundary(text));
      value.list = {items.data(), items.size()};
    } else if constexpr (std::is_base_of_v<std::string, T>) {
      const std::string& kept = texts_.emplace_back(x);
      value.text = {kept.data(), kept.size()};
    } else if constexpr (std::is_same_v<T, Duration>) {
      value.i64 = x.count();
    } else if constexpr (std::is_same_v<T, bool>) {
      value.boolean = x;
    } else if constexpr (std::is_same_v<T, double>) {
      value.f64 = x;
    } else if constexpr (std::is_signed_v<T>) {
      value.i64 = x;
    } else {
      value.u64 = x;
    }
    return value;
  }

  std::vector<penstock_value> values_;
  std::deque<std::string> texts_;  // what the values point to
  std::deque<std::vector<penstock_value>> lists_;
  std::string fault_;
  int faulty_ = -1;
};

}  // namespace testing
}  // namespace v1
}  // namespace penstock
