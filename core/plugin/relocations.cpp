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

bool AddressRanges::contains(std::uint64_t address) const noexcept {
  const auto after =
      std::upper_bound(ranges_.begin(), ranges_.end(), address,
                       [](std::uint64_t value, const AddressRange& range) { return value < range.begin; });
  return after != ranges_.begin() && address - std::prev(after)->begin < std::prev(after)->size;
}

}  // namespace penstock::plugin
