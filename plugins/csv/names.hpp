// What is known about each name that was read before.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace csv {

/// Name -> State. Every row asks, mostly for the name that the row before had.
template <class State>
class Names {
 public:
  /// nullptr: not there. References stay valid.
  State* find(std::string_view name) {
    if (last_ && last_->first == name) return &last_->second;
    const auto found = states_.find(name);
    if (found == states_.end()) return nullptr;
    last_ = &*found;
    return &last_->second;
  }

  State& add(std::string_view name, State state) {
    last_ = &*states_.emplace(name, std::move(state)).first;
    return last_->second;
  }

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using Map = std::unordered_map<std::string, State, Hash, std::equal_to<>>;

  Map states_;
  typename Map::value_type* last_ = nullptr;
};

}  // namespace csv
