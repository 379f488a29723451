#pragma once

#include <boost/circular_buffer.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace penstock::execution {

/** First in, first out. Grows when it is full and never shrinks: once it is as long as it gets, it asks for no memory. */
template <class T>
class Ring {
 public:
  [[nodiscard]] bool empty() const noexcept { return items_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return items_.size(); }
  [[nodiscard]] T& back() { return items_.back(); }
  [[nodiscard]] auto begin() const { return items_.begin(); }
  [[nodiscard]] auto end() const { return items_.end(); }

  /** Throws std::bad_alloc; the ring is as it was then. */
  void push(T item) {
    if (items_.full()) items_.set_capacity(std::max<std::size_t>(8, 2 * items_.capacity()));
    items_.push_back(std::move(item));
  }

  [[nodiscard]] T pop() {
    T item = std::move(items_.front());
    items_.pop_front();
    return item;
  }

 private:
  boost::circular_buffer<T> items_;
};

}  // namespace penstock::execution
