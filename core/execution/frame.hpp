#pragma once

#include <penstock/abi.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "batch/arrow_view.hpp"
#include "batch/batch.hpp"
#include "pipeline/plan.hpp"

namespace penstock::execution {

/** The rows that a stage or sink is given: a batch behind the plugin's own columns, and a bit for each row. What the host
 *  relies on is kept apart from the structs that the plugin can write to. Reused. */
class InputFrame {
 public:
  InputFrame(const pipeline::NodePlan& plan, std::int64_t batch_rows);

  /** Binds the columns that the plugin declares: `write` ones are copied if they are shared, `add` ones are appended to
   *  the batch (rows same|fewer). Throws std::bad_alloc. */
  void show(batch::Batch& batch, std::uint64_t sequence, const batch::KeyTable& keys, batch::BufferPool& pool);

  /** What one attempt at the call is given: all rows are kept, nothing is left of the attempt before. */
  penstock_batch& present() noexcept;

  /** Every keep bit of the last attempt was found as it was: they need not be set again for as many rows. */
  void reuse_keep() noexcept { keep_rows_ = shown_.rows; }

  /** How the last attempt broke the contract, in words that can follow the name of the node; empty: it did not. */
  [[nodiscard]] std::string fault() const;
  [[nodiscard]] bool is_faulty() const noexcept { return abi_.rows != shown_.rows || abi_.keep != shown_.keep; }

  /** Ends the call; pointers that the plugin was given are void. */
  void hide() noexcept { view_.hide(); }

  [[nodiscard]] std::uint64_t* keep() noexcept { return keep_.data(); }

 private:
  /** What a binding comes to, so that a batch need not ask the plan. */
  struct Slot {
    std::size_t column = 0;
    bool is_added = false, is_shown = true;
    bool has_values = true;  // its type has a fixed width
    bool has_nulls = true;
  };

  void make_writable(batch::Batch& batch, batch::BufferPool& pool) const;
  void show_columns(const batch::Batch& batch) noexcept;

  const pipeline::NodePlan& plan_;
  const bool adds_;
  std::vector<Slot> slots_;
  bool writes_ = false;             // some column in place
  penstock_batch shown_{}, abi_{};  // as the host made it; what the plugin gets
  std::vector<penstock_column> columns_;
  const batch::Batch* batch_ = nullptr;  // behind the columns
  bool is_fresh_ = false;                // no attempt has had the columns yet
  std::vector<std::uint64_t> keep_;
  std::int64_t keep_rows_ = -1;  // for how many rows all bits are set; -1: they are not
  batch::ArrowView view_;
};

/** An empty batch for a source or a stage that emits, to be filled by the plugin. Reused. */
class OutputFrame {
 public:
  explicit OutputFrame(const pipeline::NodePlan& plan);
  ~OutputFrame() { clear(); }
  OutputFrame(const OutputFrame&) = delete;
  OutputFrame& operator=(const OutputFrame&) = delete;

  /** Fresh columns with room for `rows`. Throws std::bad_alloc. */
  penstock_batch& prepare(std::int64_t rows, batch::BufferPool& pool);

  /** Empty again, with the same columns; an Arrow array that was put into the host's own struct is released. */
  penstock_batch& reset() noexcept;

  /** Takes what the plugin filled in, out of the frame. Nothing comes back when it broke the contract; `fault` then says
   *  how, in words that can follow the name of the node. Throws std::bad_alloc. */
  [[nodiscard]] std::optional<batch::Batch*> take(batch::KeyTable& keys, batch::BufferPool& pool, std::string& fault);

  /** Gives the columns back, and an Arrow array that was put into the host's own struct. */
  void clear() noexcept;

  [[nodiscard]] const penstock_batch& abi() const noexcept { return abi_; }

 private:
  void release_given() noexcept;

  const pipeline::NodePlan& plan_;
  std::vector<std::size_t> order_;  // index into the output for each column of the plugin
  penstock_batch abi_{};
  std::vector<penstock_column> columns_;
  std::int64_t capacity_ = 0;
  batch::Batch batch_;
  ArrowArray given_{};
};

/** The first row whose key is no code of the run's table, in a column that a plugin filled; nothing if all are. Rows that
 *  are null or dropped (bit clear in `keep`, unless that is null) get the code 0: nobody behind should meet what they hold. */
[[nodiscard]] std::optional<std::int64_t> find_unknown_key(batch::Column& column, std::int64_t rows, std::int32_t known,
                                                           const std::uint64_t* keep = nullptr) noexcept;

}  // namespace penstock::execution
