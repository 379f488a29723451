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

/** DT_SONAME of a loaded library; empty if it has none. glibc turns the addresses in a dynamic segment that it may write to
 *  into those of the process. */
const char* soname_of(const dl_phdr_info& library) {
  std::uintptr_t strings = 0, offset = 0;
  for (std::size_t i = 0; i < library.dlpi_phnum; ++i) {
    if (library.dlpi_phdr[i].p_type != PT_DYNAMIC) continue;
    const auto* entry = reinterpret_cast<const ElfW(Dyn)*>(library.dlpi_addr + library.dlpi_phdr[i].p_vaddr);
    for (; entry->d_tag != DT_NULL; ++entry) {
      if (entry->d_tag == DT_STRTAB) strings = entry->d_un.d_ptr;
      if (entry->d_tag == DT_SONAME) offset = entry->d_un.d_val;
    }
  }
  if (strings == 0 || offset == 0) return "";
  if (strings < library.dlpi_addr) strings += library.dlpi_addr;
  return reinterpret_cast<const char*>(strings + offset);
}

/** The program itself has no name, and the kernel's own library no path. */
int add_library(dl_phdr_info* library, std::size_t, void* data) {
  const std::filesystem::path path = library->dlpi_name;
  if (!path.is_absolute()) return 0;
  auto& libraries = *static_cast<LibrariesByName*>(data);
  libraries.emplace(path.filename(), path);
  if (const char* const soname = soname_of(*library); *soname != '\0') libraries.emplace(soname, path);
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
