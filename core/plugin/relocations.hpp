#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace penstock::plugin {

/** Addresses of a table whose pointers are of interest. A size of 0: the file does not say. */
struct AddressRange {
  std::uint64_t begin = 0, size = 0;
};

/** Any number of ranges, asked by address. */
class AddressRanges {
 public:
  explicit AddressRanges(std::vector<AddressRange> ranges);

  [[nodiscard]] bool empty() const noexcept { return ranges_.empty(); }
  [[nodiscard]] bool contains(std::uint64_t address) const noexcept;
  /** Of `range`, not empty, at least a byte. */
  [[nodiscard]] bool overlaps(const AddressRange& range) const noexcept;

 private:
  std::vector<AddressRange> ranges_;  ///< sorted by begin; where they overlap, merged
};

/** What a pointer will be once the loader has relocated the library. */
struct Pointer {
  enum class Kind : std::uint8_t { null, here, undefined, elsewhere };
  Kind kind = Kind::null;
  std::uint64_t address = 0;     ///< here: within this library
  std::string_view symbol = {};  ///< undefined: what another library is to define; valid while the reader lives
  bool is_weak = false;          ///< undefined: the loader is content without it
};

/** The pointers of a library as its format writes them down. */
class Relocations {
 public:
  Relocations() = default;
  Relocations(const Relocations&) = delete;
  Relocations& operator=(const Relocations&) = delete;

  [[nodiscard]] virtual Pointer pointer_at(std::uint64_t address) = 0;

 protected:
  ~Relocations() = default;
};

}  // namespace penstock::plugin
