#include "execution/frame.hpp"

#include <algorithm>
#include <utility>

#include "batch/bits.hpp"
#include "batch/import.hpp"

namespace penstock::execution {
namespace {

using batch::is_variable;
using batch::Type;
using plugin::Access;

}  // namespace

InputFrame::InputFrame(const pipeline::NodePlan& plan, std::int64_t batch_rows)
    : plan_(plan),
      adds_(plan.type.type->manifest.interface == plugin::Interface::stage &&
            plan.type.type->manifest.rows != plugin::Rows::any),
      columns_(plan.bindings.size()),
      keep_(static_cast<std::size_t>(batch::bits::words(batch_rows))) {
  for (const pipeline::Binding& binding : plan.bindings) {
    const bool is_added = binding.access == Access::add;
    const bool is_shown = !is_added || adds_;
    const bool has_values = is_shown && !is_variable((is_added ? plan.out : plan.in)[binding.column].type);
    slots_.push_back({binding.column, is_added, is_shown, has_values, !binding.reject_nulls});
    writes_ = writes_ || binding.access == Access::write;
  }
  shown_.size = sizeof shown_;
  shown_.column = columns_.data();
  shown_.keep = keep_.data();
  shown_.wait_handle = -1;
}

void InputFrame::show(batch::Batch& batch, std::uint64_t sequence, const batch::KeyTable& keys,
                      batch::BufferPool& pool) {
  if (writes_) make_writable(batch, pool);
  shown_.arrow = &view_.show(batch, keys);
  if (adds_)
    for (std::size_t i = plan_.in.size(); i < plan_.out.size(); ++i)
      batch.columns.push_back(batch::make_column(plan_.out[i], batch.rows, pool));
  shown_.rows = shown_.capacity = batch.rows;
  shown_.sequence = sequence;
  shown_.ingest_ns = batch.ingest_ns;
  batch_ = &batch;
  show_columns(batch);
}

void InputFrame::make_writable(batch::Batch& batch, batch::BufferPool& pool) const {
  for (const pipeline::Binding& binding : plan_.bindings) {
    if (binding.access != Access::write) continue;
    batch::Column& column = batch.columns[binding.column];
    const bool may_null = !plan_.out.empty() && plan_.out[binding.column].nullable && !binding.reject_nulls;
    if (may_null && column.valid == nullptr) {
      column.valid_memory = pool.take(batch::value_bytes(Type::boolean, batch.rows));
      column.valid = reinterpret_cast<std::uint64_t*>(column.valid_memory.data());
      batch::bits::fill(column.valid, batch.rows);
    }
    batch::make_writable(column, plan_.in[binding.column].type, batch.rows, pool);
  }
}

void InputFrame::show_columns(const batch::Batch& batch) noexcept {
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    const Slot& slot = slots_[i];
    columns_[i] = {};
    if (!slot.is_shown) continue;
    const batch::Column& column = batch.columns[slot.column];
    columns_[i] = {slot.has_values ? column.values : nullptr, slot.has_nulls ? column.valid : nullptr,
                   slot.is_added ? nullptr : view_.column(slot.column), nullptr};
    if (slot.is_added && columns_[i].valid != nullptr) batch::bits::fill(columns_[i].valid, shown_.rows);
  }
  is_fresh_ = true;
}

penstock_batch& InputFrame::present() noexcept {
  if (!is_fresh_) show_columns(*batch_);
  is_fresh_ = false;
  abi_ = shown_;
  if (keep_rows_ != shown_.rows) batch::bits::fill(keep_.data(), shown_.rows);
  keep_rows_ = -1;  // the plugin has them now
  return abi_;
}

std::string InputFrame::fault() const {
  if (abi_.rows != shown_.rows)
    return "set `rows` of its input from " + std::to_string(shown_.rows) + " to " + std::to_string(abi_.rows) +
           " (rows are dropped by clearing bits of `keep`)";
  if (abi_.keep != shown_.keep) return "put other bits in the place of `keep` (rows are dropped by clearing its own)";
  return {};
}

OutputFrame::OutputFrame(const pipeline::NodePlan& plan) : plan_(plan), columns_(plan.out.size()) {
  for (const pipeline::Binding& binding : plan.bindings)
    if (binding.access == Access::add) order_.push_back(binding.column);
}

penstock_batch& OutputFrame::prepare(std::int64_t rows, batch::BufferPool& pool) {
  clear();
  batch_.schema = &plan_.out;
  for (const batch::Field& field : plan_.out)
    batch_.columns.push_back(is_variable(field.type) ? batch::Column{} : batch::make_column(field, rows, pool));
  capacity_ = rows;
  return reset();
}

penstock_batch& OutputFrame::reset() noexcept {
  release_given();
  for (std::size_t i = 0; i < order_.size(); ++i) {
    const batch::Column& column = batch_.columns[order_[i]];
    if (column.valid != nullptr) batch::bits::fill(column.valid, capacity_);
    columns_[i] = {column.values, column.valid, nullptr, nullptr};
  }
  abi_ = {};
  abi_.size = sizeof abi_;
  abi_.capacity = capacity_;
  abi_.column = columns_.data();
  abi_.arrow = &given_;
  abi_.wait_handle = -1;
  return abi_;
}

std::optional<batch::Batch*> OutputFrame::take(batch::KeyTable& keys, batch::BufferPool& pool, std::string& fault) {
  const auto refuse = [&](std::string text) {
    fault = std::move(text);
    clear();
    return std::nullopt;
  };
  const std::int64_t rows = abi_.rows;
  ArrowArray* const given = abi_.arrow;
  if (given != nullptr && given->release != nullptr) {
    auto imported = batch::import(*given, plan_.out, keys, pool, fault);
    if (!imported) return refuse("gave an Arrow array that " + fault);
    if (imported->rows != rows)
      return refuse("gave an Arrow array of " + std::to_string(imported->rows) + " rows and said " +
                    std::to_string(rows));
    batch_.columns = std::move(imported->columns);
    batch_.rows = imported->rows;
    return &batch_;
  }
  if (rows < 0 || rows > capacity_)
    return refuse("set `rows` to " + std::to_string(rows) + " in a batch with room for " + std::to_string(capacity_));
  batch_.rows = rows;
  for (std::size_t i = 0; i < plan_.out.size() && batch_.rows > 0; ++i) {
    const batch::Field& field = plan_.out[i];
    if (is_variable(field.type))
      return refuse("left the column `" + field.name + "` empty: text and bytes are handed over as an Arrow array");
    if (field.type != Type::key) continue;
    if (const auto row = find_unknown_key(batch_.columns[i], batch_.rows, keys.size()))
      return refuse("put a code into row " + std::to_string(*row) + " of `" + field.name +
                    "` that `intern` never gave");
  }
  return &batch_;
}

void OutputFrame::clear() noexcept {
  batch_.columns.clear();
  batch_.rows = 0;
  release_given();
}

void OutputFrame::release_given() noexcept {
  if (given_.release != nullptr) given_.release(&given_);
  given_ = {};
}

std::optional<std::int64_t> find_unknown_key(batch::Column& column, std::int64_t rows, std::int32_t known,
                                             const std::uint64_t* keep) noexcept {
  auto* const codes = static_cast<std::int32_t*>(column.values);
  // One pass without a branch for the usual case: a negative code is a large unsigned one.
  std::uint32_t unknown = 0;
  for (std::int64_t row = 0; row < rows; ++row)
    unknown |= static_cast<std::uint32_t>(static_cast<std::uint32_t>(codes[row]) >= static_cast<std::uint32_t>(known));
  if (unknown == 0) return std::nullopt;
  for (std::int64_t row = 0; row < rows; ++row) {
    if (static_cast<std::uint32_t>(codes[row]) < static_cast<std::uint32_t>(known)) continue;
    const bool counts = (column.valid == nullptr || batch::bits::test(column.valid, row)) &&
                        (keep == nullptr || batch::bits::test(keep, row));
    if (counts) return row;
    codes[row] = 0;
  }
  return std::nullopt;
}

}  // namespace penstock::execution
