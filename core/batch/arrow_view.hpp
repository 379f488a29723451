#pragma once

#include <penstock/abi/arrow.h>

#include "batch/batch.hpp"
#include "batch/key_table.hpp"

namespace penstock::batch {

/** A batch as an Arrow struct array, to be lent for one call: one child for each column, offset 0, null counts known, keys
 *  as codes with the key table's dictionary. The borrower may move the array or a child out (and set `release` to null);
 *  what was moved out keeps the memory that it shows until it is released, on any thread, also after this object is gone.
 *  What was not moved out must not be used after the call. */
class ArrowView {
 public:
  ArrowView() = default;
  ~ArrowView();
  ArrowView(const ArrowView&) = delete;
  ArrowView& operator=(const ArrowView&) = delete;

  /** Shows `batch`, which holds still until hide(). Allocates only the first time, and after an array was moved out. Throws std::bad_alloc. */
  ArrowArray& show(const Batch& batch, const KeyTable& keys);

  /** The children, in the order of the columns; valid after show(). */
  [[nodiscard]] const ArrowArray* column(std::size_t index) const noexcept;

  /** Ends the call. What was moved out shares the batch's memory from now on. */
  void hide() noexcept;

 private:
  struct Lent;
  Lent* lent_ = nullptr;
  const Batch* shown_ = nullptr;
};

}  // namespace penstock::batch
