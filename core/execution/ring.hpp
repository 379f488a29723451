#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace penstock::execution {

/** First in, first out. Grows when it is full and never shrinks: once it is as long as it gets, it asks for no memory. */
template <class T>
class Ring {
 public:
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /** From the first, which is the next to come out. */
  [[nodiscard]] T& operator[](std::size_t index) noexcept { return items_[(first_ + index) % items_.size()]; }
  [[nodiscard]] const T& operator[](std::size_t index) const noexcept {
    return items_[(first_ + index) % items_.size()];
  }
  [[nodiscard]] T& back() noexcept { return (*this)[size_ - 1]; }

  /** Throws std::bad_alloc; the ring is as it was then. */
  void push(T item) {
    if (size_ == items_.size()) grow();
    ++size_;
    back() = std::move(item);
  }

  [[nodiscard]] T pop() noexcept {
    T item = std::move((*this)[0]);
    first_ = (first_ + 1) % items_.size();
    --size_;
    return item;
  }

 private:
  void grow() {
    std::vector<T> larger(std::max<std::size_t>(8, 2 * items_.size()));
    for (std::size_t i = 0; i < size_; ++i) larger[i] = std::move((*this)[i]);
    items_ = std::move(larger);
    first_ = 0;
  }

  std::vector<T> items_;
  std::size_t first_ = 0, size_ = 0;
};

}  // namespace penstock::execution
