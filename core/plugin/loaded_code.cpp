#include "plugin/loaded_code.hpp"

#include <dlfcn.h>
#include <link.h>

#include <cstddef>
#include <cstdint>

namespace penstock::plugin {
namespace {

/** For dl_iterate_phdr: 1, which ends the walk, once the address lies in an executable segment. */
int holds_as_code(dl_phdr_info* library, std::size_t, void* data) {
  const auto address = *static_cast<const std::uintptr_t*>(data);
  for (std::size_t i = 0; i < library->dlpi_phnum; ++i) {
    const auto& segment = library->dlpi_phdr[i];
    const std::uintptr_t begin = library->dlpi_addr + segment.p_vaddr;
    if (segment.p_type == PT_LOAD && (segment.p_flags & PF_X) != 0 && address >= begin &&
        address - begin < segment.p_memsz)
      return 1;
  }
  return 0;
}

using LibrariesByName = std::map<std::string, std::filesystem::path, std::less<>>;

/** The program itself has no name, and the kernel's own library no path. */
int add_library(dl_phdr_info* library, std::size_t, void* data) {
  const std::filesystem::path path = library->dlpi_name;
  if (path.is_absolute()) static_cast<LibrariesByName*>(data)->emplace(path.filename(), path);
  return 0;
}

}  // namespace

bool is_loaded_code(const void* address) noexcept {
  auto value = reinterpret_cast<std::uintptr_t>(address);
  return ::dl_iterate_phdr(holds_as_code, &value) == 1;
}

bool are_of_one_library(const void* one, const void* other) noexcept {
  Dl_info one_info{}, other_info{};
  return ::dladdr(one, &one_info) != 0 && ::dladdr(other, &other_info) != 0 &&
         one_info.dli_fbase == other_info.dli_fbase;
}

std::map<std::string, std::filesystem::path, std::less<>> loaded_libraries() {
  LibrariesByName libraries;
  ::dl_iterate_phdr(add_library, &libraries);
  return libraries;
}

bool is_defined_in_process(const std::string& symbol) noexcept {
  return ::dlsym(RTLD_DEFAULT, symbol.c_str()) != nullptr;
}

}  // namespace penstock::plugin
