#include <windows.h>

#include "plugin/loaded_code.hpp"

namespace penstock::plugin {
namespace {

/** The pages around an address, and the library that they were reserved for. */
MEMORY_BASIC_INFORMATION pages_of(const void* address) noexcept {
  MEMORY_BASIC_INFORMATION pages{};
  ::VirtualQuery(address, &pages, sizeof pages);
  return pages;
}

}  // namespace

bool is_loaded_code(const void* address) noexcept {
  constexpr DWORD executable = PAGE_EXECUTE | PAGE_EXECUTE_READ | PAGE_EXECUTE_READWRITE | PAGE_EXECUTE_WRITECOPY;
  const MEMORY_BASIC_INFORMATION pages = pages_of(address);
  return pages.Type == MEM_IMAGE && (pages.Protect & executable) != 0;
}

bool are_of_one_library(const void* one, const void* other) noexcept {
  const MEMORY_BASIC_INFORMATION pages = pages_of(one);
  return pages.Type == MEM_IMAGE && pages.AllocationBase == pages_of(other).AllocationBase;
}

/** Asked only for what an ELF library needs, and none is loaded here. */
std::map<std::string, std::filesystem::path, std::less<>> loaded_libraries() { return {}; }

bool is_defined_in_process(const std::string&) noexcept { return false; }

}  // namespace penstock::plugin
