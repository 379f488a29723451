#include "plugin/relocations.hpp"

#include <algorithm>

namespace penstock::plugin {

AddressRanges::AddressRanges(std::vector<AddressRange> ranges) {
  std::sort(ranges.begin(), ranges.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
  for (const AddressRange& range : ranges) {
    if (!ranges_.empty() && range.begin - ranges_.back().begin <= ranges_.back().size) {
      AddressRange& last = ranges_.back();
      last.size = std::max(last.size, range.begin - last.begin + range.size);
    } else {
      ranges_.push_back(range);
    }
  }
}

bool AddressRanges::contains(std::uint64_t address) const noexcept { return overlaps({address, 1}); }

bool AddressRanges::overlaps(const AddressRange& range) const noexcept {
  const std::uint64_t last = range.begin + std::min(range.size - 1, ~range.begin);
  const auto after = std::upper_bound(ranges_.begin(), ranges_.end(), last,
                                      [](std::uint64_t value, const AddressRange& one) { return value < one.begin; });
  if (after == ranges_.begin()) return false;
  const AddressRange& one = *std::prev(after);
  return one.begin > range.begin || range.begin - one.begin < one.size;
}

}  // namespace penstock::plugin
