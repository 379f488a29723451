// The keys of a run for those that a parser gave its names.
#pragma once
#include <penstock/host.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace csv {

/// Local key -> key of the run, made when the first row that has it is taken: so keys come in the order of the rows,
/// whoever parsed them.
class RunKeys {
 public:
  /// The names of the local keys that follow.
  void add(std::vector<std::string> names) {
    for (std::string& name : names) names_.push_back(std::move(name));
    keys_.resize(names_.size());
  }

  penstock::Key key(std::int32_t local, penstock::Host& host) {
    penstock::Key& key = keys_[static_cast<std::size_t>(local)];
    if (key.code < 0) [[unlikely]]
      key = host.intern(std::exchange(names_[static_cast<std::size_t>(local)], {}));
    return key;
  }

 private:
  std::vector<std::string> names_;
  std::vector<penstock::Key> keys_;
};

}  // namespace csv
