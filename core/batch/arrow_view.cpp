#include "batch/arrow_view.hpp"

#include <array>
#include <atomic>
#include <memory>
#include <utility>
#include <vector>

namespace penstock::batch {

// All arrays of one lent batch. During the call the batch itself keeps the buffers alive; shares are taken only when
// something was moved out. It lives while its view or one array that was moved out of it does.
struct ArrowView::Lent {
  struct Child {
    ArrowArray array{};
    std::array<const void*, 3> buffers{};
    ArrowArray words{};
    std::array<const void*, 3> word_buffers{};
  };

  explicit Lent(std::size_t count) : children(count), pointers(count) {}

  static Lent& of(const ArrowArray* array) { return *static_cast<Lent*>(array->private_data); }
  static void release_array(ArrowArray* array);
  void leave() {
    if (users.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
  }
  void arm(ArrowArray& array) {
    array.release = release_array;
    array.private_data = this;
  }
  bool is_untouched() const;
  void prepare(const Schema& shown);

  const Schema* schema = nullptr;
  std::atomic<int> users{1};  // the view, the root if it was moved out, each child that was
  ArrowArray root{};
  const void* root_buffers[1] = {nullptr};
  std::vector<Child> children;
  std::vector<ArrowArray*> pointers;
  std::vector<Column> columns;
  KeySnapshot keys;
};

// A released array gives up its share; Arrow asks that it releases what is below it and was not moved out.
void ArrowView::Lent::release_array(ArrowArray* array) {
  Lent& lent = of(array);
  for (std::int64_t i = 0; i < array->n_children; ++i)
    if (ArrowArray* const child = array->children[i]; child->release != nullptr) child->release(child);
  if (array->dictionary != nullptr && array->dictionary->release != nullptr)
    array->dictionary->release(array->dictionary);
  array->release = nullptr;
  lent.leave();
}

bool ArrowView::Lent::is_untouched() const {
  if (root.release != release_array || root.private_data != this) return false;
  for (const Child& child : children) {
    if (child.array.release != release_array) return false;
    if (child.array.dictionary != nullptr && child.words.release != release_array) return false;
  }
  return true;
}

ArrowView::~ArrowView() {
  hide();
  delete lent_;
}

// What stays the same from batch to batch, for columns of these types. Filled in once: a batch then changes ten words a column.
void ArrowView::Lent::prepare(const Schema& shown) {
  schema = &shown;
  columns.reserve(children.size());  // so that hide() needs no memory
  int arrays = 1;
  for (std::size_t i = 0; i < children.size(); ++i) {
    Child& child = children[i];
    const Type type = shown[i].type;
    child.array = {0, 0, 0, is_variable(type) ? 3 : 2, 0, child.buffers.data(), nullptr, nullptr, nullptr, nullptr};
    arm(child.array);
    ++arrays;
    if (type == Type::key) {
      child.words = {0, 0, 0, 3, 0, child.word_buffers.data(), nullptr, nullptr, nullptr, nullptr};
      arm(child.words);
      child.array.dictionary = &child.words;
      ++arrays;
      // An Arrow array of text has one offset also when it is empty.
      static constexpr std::int32_t no_keys = 0;
      child.word_buffers = {nullptr, &no_keys, nullptr};
    }
    pointers[i] = &child.array;
  }
  const auto width = static_cast<std::int64_t>(pointers.size());
  root = {0, 0, 0, 1, width, root_buffers, pointers.data(), nullptr, nullptr, nullptr};
  arm(root);
  users.store(1 + arrays, std::memory_order_relaxed);
}

ArrowArray& ArrowView::show(const Batch& batch, const KeyTable& keys) {
  hide();
  if (lent_ == nullptr || lent_->schema != batch.schema || lent_->children.size() != batch.columns.size()) {
    auto made = std::make_unique<Lent>(batch.columns.size());
    made->prepare(*batch.schema);
    delete std::exchange(lent_, made.release());
  }
  Lent& lent = *lent_;
  shown_ = &batch;

  const bool has_new_keys = lent.keys.memory == nullptr || lent.keys.size != keys.size();
  if (has_new_keys) lent.keys = keys.snapshot();
  for (std::size_t i = 0; i < batch.columns.size(); ++i) {
    const Column& column = batch.columns[i];
    Lent::Child& child = lent.children[i];
    child.buffers = {column.valid, column.values, column.text};
    child.array.length = batch.rows;
    child.array.null_count = column.valid == nullptr ? 0 : null_count(column, batch.rows);
    if (child.array.dictionary == nullptr || child.words.length == lent.keys.size) continue;
    child.word_buffers[1] = lent.keys.offsets;
    child.word_buffers[2] = lent.keys.bytes;
    child.words.length = lent.keys.size;
  }
  lent.root.length = batch.rows;
  return lent.root;
}

const ArrowArray* ArrowView::column(std::size_t index) const noexcept { return &lent_->children[index].array; }

void ArrowView::hide() noexcept {
  if (shown_ == nullptr) return;
  const Batch& batch = *std::exchange(shown_, nullptr);
  if (lent_->is_untouched()) return;
  // Something was moved out: it takes shares of the memory along, and the next batch is lent by another one.
  Lent* const lent = std::exchange(lent_, nullptr);
  lent->columns = batch.columns;
  if (lent->root.release != nullptr) lent->root.release(&lent->root);
  lent->leave();
}

}  // namespace penstock::batch
