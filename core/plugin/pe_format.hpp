#pragma once

#include <cstdint>

/** The parts of the PE format that the gate reads (Microsoft's "PE Format"; PE32+ only, all numbers little-endian). Addresses
 *  are relative to the base of the image. */
namespace penstock::plugin::pe {

/** The 64 bytes of the DOS program that every image begins with; `MZ` first, the place of the signature last. */
struct DosHeader {
  char magic[2];
  char program[58];
  std::uint32_t signature_offset;
};
static_assert(sizeof(DosHeader) == 64);

/** Behind the signature `PE\0\0`. */
struct FileHeader {
  std::uint16_t machine, section_count;
  std::uint32_t time, symbol_table, symbol_count;
  std::uint16_t optional_header_size, flags;
};
static_assert(sizeof(FileHeader) == 20);

inline constexpr std::uint16_t flag_relocations_stripped = 0x0001, flag_executable = 0x0002, flag_dll = 0x2000;

/** Followed by `directory_count` directories. */
struct OptionalHeader {
  std::uint16_t magic;
  std::uint8_t linker[2];
  std::uint32_t code_size, initialized_size, uninitialized_size, entry, code_address;
  std::uint64_t image_base;
  std::uint32_t section_alignment, file_alignment;
  std::uint16_t versions[6];
  std::uint32_t reserved, image_size, headers_size, checksum;
  std::uint16_t subsystem, dll_flags;
  std::uint64_t stack_reserve, stack_commit, heap_reserve, heap_commit;
  std::uint32_t loader_flags, directory_count;
};
static_assert(sizeof(OptionalHeader) == 112);

inline constexpr std::uint16_t magic_64 = 0x20b;

struct Directory {
  std::uint32_t address, size;
};
static_assert(sizeof(Directory) == 8);

enum DirectoryIndex : std::uint8_t { directory_exports = 0, directory_imports = 1, directory_relocations = 5 };
inline constexpr std::uint32_t most_directories = 16;

struct SectionHeader {
  char name[8];
  std::uint32_t memory_size, address, file_size, offset, relocations, lines;
  std::uint16_t relocation_count, line_count;
  std::uint32_t flags;
};
static_assert(sizeof(SectionHeader) == 40);

/** `functions` are addresses, `names` addresses of text, `ordinals` the place in `functions` of each name. */
struct Exports {
  std::uint32_t flags, time;
  std::uint16_t version[2];
  std::uint32_t library, first_ordinal, function_count, name_count, functions, names, ordinals;
};
static_assert(sizeof(Exports) == 40);

/** Of one needed library; one of zeros ends the list. */
struct Import {
  std::uint32_t lookups, time, forwarder, library, addresses;
};
static_assert(sizeof(Import) == 20);

/** Followed by entries of 16 bits: the kind in the upper four, the offset in the page in the others. */
struct RelocationBlock {
  std::uint32_t page, size;
};
static_assert(sizeof(RelocationBlock) == 8);

inline constexpr unsigned relocation_padding = 0, relocation_64 = 10;

inline constexpr std::uint16_t machine_x86_64 = 0x8664, machine_aarch64 = 0xaa64;

#if defined(__aarch64__)
inline constexpr std::uint16_t host_machine = machine_aarch64;
#else
inline constexpr std::uint16_t host_machine = machine_x86_64;
#endif

}  // namespace penstock::plugin::pe
