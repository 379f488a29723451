#include "parallel_blocks.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace csv {
namespace {

constexpr std::size_t largest_block = std::size_t{256} << 10;

}  // namespace

ParallelBlocks::Event::Event() : descriptor(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}
ParallelBlocks::Event::~Event() { ::close(descriptor); }

ParallelBlocks::ParallelBlocks(Input& input, std::size_t threads, const RegularRows::Form& form, bool latin1,
                               std::string_view start)
    : input_(input),
      block_size_(std::clamp<std::size_t>(input.size() / (4 * threads), least_block, largest_block)),
      most_blocks_(3 * threads + 1),
      carried_(start) {
  order_.reserve(most_blocks_ + 2 * threads);
  std::vector<Work::Work> workers;
  parsers_.reserve(threads + 1);
  for (std::size_t i = 0; i < threads; ++i) {
    parsers_.push_back(std::make_unique<BlockParser>(i, form, latin1));
    workers.emplace_back([parser = parsers_.back().get()](std::unique_ptr<ParsedBlock>&& block) {
      parser->parse(*block);
      return std::move(block);
    });
  }
  parsers_.push_back(std::make_unique<BlockParser>(threads, form, latin1));
  work_ = std::make_unique<Work>(std::move(workers), 2 * threads, [this] { eventfd_write(ready_.descriptor, 1); });
}

std::unique_ptr<ParsedBlock> ParallelBlocks::take() {
  read_ahead();
  do {
    eventfd_t count = 0;
    eventfd_read(ready_.descriptor, &count);
    if (!order_.empty() && (order_.front() || work_->has_result())) {
      std::unique_ptr<ParsedBlock> next = std::move(order_.front());
      order_.erase(order_.begin());
      return next ? std::move(next) : work_->take();
    }
  } while (parse_one());
  if (failure_ && order_.empty()) std::rethrow_exception(std::exchange(failure_, nullptr));
  return nullptr;
}

void ParallelBlocks::read_ahead() {
  while (!ended_ && !work_->is_full()) {
    std::unique_ptr<ParsedBlock> block = read_block();
    if (block->size == 0) break;
    order_.push_back(nullptr);
    work_->add(std::move(block));
  }
}

// Rather than to wait. False: there is nothing more to parse, or enough of it is parsed.
bool ParallelBlocks::parse_one() {
  if (ended_ || order_.size() >= most_blocks_) return false;
  std::unique_ptr<ParsedBlock> block = read_block();
  if (block->size == 0) return false;
  parsers_.back()->parse(*block);
  order_.push_back(std::move(block));
  return true;
}

std::unique_ptr<ParsedBlock> ParallelBlocks::read_block() {
  std::unique_ptr<ParsedBlock> block;
  if (free_.empty()) {
    block = std::make_unique<ParsedBlock>(block_size_);
  } else {
    block = std::move(free_.back());
    free_.pop_back();
  }
  char* const bytes = block->bytes.data() + RegularRows::slack;
  std::memcpy(bytes, carried_.data(), carried_.size());
  std::size_t size = carried_.size();
  carried_.clear();
  while (size < block_size_ && !ended_) {
    try {
      const auto more = input_.read({bytes + size, block_size_ - size});
      ended_ = more == 0;
      size += more.value_or(0);
    } catch (...) {  // to be said when what was read before has been taken
      failure_ = std::current_exception();
      ended_ = true;
    }
  }
  block->size = size;
  if (ended_) return block;
  if (const void* const newline = memrchr(bytes, '\n', size)) {
    block->size = static_cast<std::size_t>(static_cast<const char*>(newline) - bytes) + 1;
    carried_.assign(bytes + block->size, size - block->size);
  }
  return block;
}

}  // namespace csv
