#pragma once

#include <set>
#include <vector>

#include "plugin/pe_file.hpp"
#include "plugin/relocations.hpp"

namespace penstock::plugin {

/** The pointers within some tables: what stands there is an address as if the image lay at its base, and the base
 *  relocations say where that is so. They are walked once; only what falls into a table is kept. */
class PeRelocations final : public Relocations {
 public:
  PeRelocations(PeFile& file, std::vector<AddressRange> tables);

  /** Never undefined: what another library defines is reached through a pointer of its own. */
  [[nodiscard]] Pointer pointer_at(std::uint64_t address) override;

 private:
  PeFile& file_;
  AddressRanges tables_;
  std::set<std::uint64_t> places_;
};

}  // namespace penstock::plugin
