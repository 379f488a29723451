#include "plugin/image_file.hpp"

#include <algorithm>
#include <filesystem>

namespace penstock::plugin {

void ImageFile::fail(Code code, const std::string& what, Comparison comparison, std::optional<std::uint64_t> offset,
                     std::string help) {
  if (faulty_) return;
  faulty_ = true;
  diagnostic::Diagnostic fault{.code = code,
                               .summary = "library `" + std::filesystem::path(file_).filename().string() + "` " + what,
                               .place = {.file = file_, .offset = offset},
                               .comparisons = {std::move(comparison)}};
  if (!help.empty()) fault.help.push_back(std::move(help));
  found_.add(std::move(fault));
}

void ImageFile::truncated(std::uint64_t expected) {
  fail(Code::PS0105, "is truncated",
       {"size", "at least " + std::to_string(expected) + " bytes", std::to_string(size()) + " bytes"}, {},
       "copy or build it again");
}

void ImageFile::malformed(std::string expected, std::string found, std::optional<std::uint64_t> address) {
  std::optional<std::uint64_t> offset;
  if (const auto* segment = address ? segment_of(*address) : nullptr)
    offset = segment->offset + (*address - segment->address);
  fail(Code::PS0108, "is malformed", {"", std::move(expected), std::move(found)}, offset, "build it again");
}

bool ImageFile::read(std::uint64_t offset, std::span<std::byte> into, const std::string& what) {
  if (!faulty_ && !source_.read(offset, into))
    fail(Code::PS0101, "cannot be read", {"", "a readable file", "an error " + what}, offset);
  return !faulty_;
}

const Segment* ImageFile::segment_of(std::uint64_t address) const noexcept {
  const auto found = std::find_if(segments_.begin(), segments_.end(), [&](const Segment& segment) {
    return address >= segment.address && address - segment.address < std::max(segment.memory_size, segment.file_size);
  });
  return found == segments_.end() ? nullptr : &*found;
}

std::uint64_t ImageFile::available(std::uint64_t address) const noexcept {
  const Segment* segment = segment_of(address);
  if (segment == nullptr || address - segment->address >= segment->file_size) return 0;
  return segment->file_size - (address - segment->address);
}

const Segment* ImageFile::holder_of(std::uint64_t address, std::uint64_t count) {
  if (faulty_) return nullptr;
  const Segment* segment = segment_of(address);
  const std::uint64_t in_segment =
      segment == nullptr ? 0 : std::max(segment->memory_size, segment->file_size) - (address - segment->address);
  if (count > in_segment) {
    malformed("addresses within the segments", std::to_string(count) + " bytes at address " + std::to_string(address),
              address);
  } else if (count > largest_table) {
    malformed("tables of at most " + std::to_string(largest_table) + " bytes", "one of " + std::to_string(count),
              address);
  } else if (segment != nullptr && !segment->readable) {
    malformed("tables and texts in a segment that can be read",
              std::to_string(count) + " bytes at address " + std::to_string(address) + " in one that cannot", address);
  }
  return faulty_ ? nullptr : segment;
}

bool ImageFile::fill(const Segment& segment, std::uint64_t address, std::span<std::byte> into) {
  const std::uint64_t skipped = address - segment.address;
  const std::uint64_t present = segment.file_size - std::min(skipped, segment.file_size);
  const auto in_file = static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), present));
  std::ranges::fill(into.subspan(in_file), std::byte{0});
  return in_file == 0 || read(segment.offset + skipped, into.first(in_file), "while reading");
}

std::vector<std::byte> ImageFile::bytes(std::uint64_t address, std::uint64_t count) {
  return array<std::byte>(address, count);
}

std::optional<std::string> ImageFile::text(std::uint64_t address, std::size_t limit) {
  const std::uint64_t present = std::min<std::uint64_t>(available(address), limit + 1);
  std::string text;
  // By pieces that grow: many short texts with much behind each must not cost what is behind them.
  for (std::uint64_t piece = 256; text.size() < present; piece = 3 * text.size()) {
    const std::uint64_t at = text.size();
    const std::vector<std::byte> raw = bytes(address + at, std::min(piece, present - at));
    if (raw.empty()) return std::nullopt;
    const auto end = std::find(raw.begin(), raw.end(), std::byte{0});
    text.append(reinterpret_cast<const char*>(raw.data()), static_cast<std::size_t>(end - raw.begin()));
    if (end != raw.end()) return text;
  }
  return std::nullopt;
}

}  // namespace penstock::plugin
