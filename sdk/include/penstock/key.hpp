// State that a stage keeps for each key.
#pragma once
#include <penstock/error.hpp>
#include <penstock/value.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <vector>

namespace penstock {
inline namespace v1 {

/// One State per key seen, default constructed at first use, found by the key's code with one load. References stay valid
/// until clear(). Key{} is no key: it has a state as well, which find, size and each do not see.
template <class State>
class PerKey {
 public:
  PerKey() = default;
  PerKey(PerKey&&) = default;  // the states keep their addresses; those of a copy would be the original's
  PerKey& operator=(PerKey&&) = default;

  State& operator[](Key key) {
    const auto code = static_cast<std::size_t>(key.code);
    if (code < found_.size() && found_[code]) [[likely]]
      return *found_[code];
    return add(code);
  }

  /// The state of each key, as operator[] gives it: `states` has room for as many. For loops over many rows, which are
  /// free of first uses then; a look-up costs half.
  void gather(std::span<const Key> keys, State** states) {
    State* const* const found = found_.data();
    const std::size_t known = found_.size();
    std::size_t i = 0;
    for (; i < keys.size(); ++i) {
      const auto code = static_cast<std::size_t>(keys[i].code);
      if (code >= known || !found[code]) [[unlikely]]
        break;
      states[i] = found[code];
    }
    for (; i < keys.size(); ++i) states[i] = &(*this)[keys[i]];
  }

  /// nullptr: this key has no state yet.
  State* find(Key key) {
    const auto code = static_cast<std::size_t>(key.code);
    return code < found_.size() ? found_[code] : nullptr;
  }

  /// How many keys have a state.
  std::size_t size() const { return states_.size(); }

  /// f(Key, State&) for each, in the order in which they were first seen.
  template <class F>
  void each(F&& f) {
    for (Entry& entry : states_) f(entry.key, entry.state);
  }

  void clear() {
    found_.clear();
    states_.clear();
    none_.reset();
  }

 private:
  // The key may stand where the state ends within its alignment.
  struct Entry {
    explicit Entry(Key k) : key(k) {}
    [[no_unique_address]] State state{};
    Key key;
  };

  [[gnu::cold, gnu::noinline]] State& add(std::size_t code) {
    // Key{} has the code -1, which is the largest index here.
    if (code > static_cast<std::size_t>(INT32_MAX)) return none_ ? *none_ : *(none_ = std::make_unique<State>());
    if (code >= found_.size()) found_.resize(code + 1 + code / 2);
    states_.emplace_back(Key{static_cast<std::int32_t>(code)});
    return *(found_[code] = &states_.back().state);
  }

  std::vector<State*> found_;
  std::deque<Entry> states_;
  std::unique_ptr<State> none_;  // of Key{}
};

}  // namespace v1
}  // namespace penstock
