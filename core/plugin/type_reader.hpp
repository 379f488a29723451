#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "plugin/image.hpp"
#include "plugin/image_file.hpp"
#include "plugin/relocations.hpp"

namespace penstock::plugin {

/** Reads the types of one library, whatever its format. Symbols may share bytes, so a small file could name the same
 *  megabyte ten thousand times: what is taken out of it is charged against a budget of twice its size, which no linker's
 *  output exceeds, and never more than the largest table. */
class TypeReader {
 public:
  explicit TypeReader(ImageFile& file) : file_(file), budget_(std::min(2 * file.size(), largest_table) + 4096) {}

  /** Keeps an exported symbol if it is one of a type. `name` must outlive the reader. */
  void offer(std::string_view name, AddressRange data);
  /** The tables of methods, as far as they may reach. */
  [[nodiscard]] std::vector<AddressRange> tables() const;
  /** The types of the symbols that were offered, as far as the file is sound. */
  [[nodiscard]] std::vector<ImageType> read(Relocations& relocations);
  /** Charges what a reader takes out of the file. False, and the file is faulty, if the budget is too small for it. */
  bool spend(std::uint64_t bytes, std::uint64_t address);

 private:
  struct TypeSymbols {
    std::optional<AddressRange> manifest, methods;
  };

  [[nodiscard]] std::uint64_t table_size(const AddressRange& table) const noexcept;
  void fault(ImageType& type, Code code, const std::string& summary, Comparison comparison, std::string help) const;
  void read_manifest(const AddressRange& data, ImageType& type);
  void read_methods(const AddressRange& table, Relocations& relocations, ImageType& type);

  ImageFile& file_;
  std::uint64_t budget_;
  std::map<std::string_view, TypeSymbols> types_;
};

/** How the symbols of a type begin; its id follows. */
inline constexpr std::string_view manifest_prefix = "penstock_type_", methods_prefix = "penstock_methods_";

}  // namespace penstock::plugin
