#pragma once

#include <cstdint>

/** The parts of the ELF format that the gate reads (System V ABI, chapters 4 and 5; DT_GNU_HASH and DT_RELR as in glibc).
 *  Written down here because `<elf.h>` is not on every platform that builds the gate. All numbers little-endian. */
namespace penstock::plugin::elf {

struct FileHeader {
  unsigned char ident[16];  ///< 0x7f E L F, class, byte order, ...
  std::uint16_t type, machine;
  std::uint32_t version;
  std::uint64_t entry, program_offset, section_offset;
  std::uint32_t flags;
  std::uint16_t header_size, program_entry_size, program_count, section_entry_size, section_count, section_names;
};
static_assert(sizeof(FileHeader) == 64);

inline constexpr std::uint16_t section_header_size = 64;
inline constexpr unsigned char class_64 = 2, class_32 = 1, little_endian = 1, big_endian = 2;
inline constexpr std::uint16_t type_relocatable = 1, type_executable = 2, type_shared = 3, type_core = 4;

struct ProgramHeader {
  std::uint32_t type, flags;
  std::uint64_t offset, address, physical_address, file_size, memory_size, alignment;
};
static_assert(sizeof(ProgramHeader) == 56);

inline constexpr std::uint32_t segment_load = 1, segment_dynamic = 2, segment_stack = 0x6474e551;
inline constexpr std::uint32_t flag_executable = 1, flag_readable = 4;

struct Dynamic {
  std::int64_t tag;
  std::uint64_t value;
};
static_assert(sizeof(Dynamic) == 16);

enum Tag : std::int64_t {
  tag_end = 0,
  tag_needed = 1,
  tag_jump_size = 2,
  tag_hash = 4,
  tag_strings = 5,
  tag_symbols = 6,
  tag_rela = 7,
  tag_rela_size = 8,
  tag_strings_size = 10,
  tag_soname = 14,
  tag_rpath = 15,
  tag_rel = 17,
  tag_rel_size = 18,
  tag_text_relocations = 22,
  tag_jump = 23,
  tag_runpath = 29,
  tag_flags = 30,
  tag_relr_size = 35,
  tag_relr = 36,
  tag_gnu_hash = 0x6ffffef5,
  tag_versions = 0x6ffffff0,
  tag_flags_1 = 0x6ffffffb,
  tag_defined_versions = 0x6ffffffc,
  tag_defined_count = 0x6ffffffd,
  tag_needed_versions = 0x6ffffffe,
  tag_needed_count = 0x6fffffff,
};

/** Bits of DT_FLAGS and DT_FLAGS_1. */
inline constexpr std::uint64_t flag_text_relocations = 0x4, flag_static_tls = 0x10, flag_1_no_delete = 0x8,
                               flag_1_program = 0x8000000;  ///< position-independent, but a program

struct Symbol {
  std::uint32_t name;
  unsigned char info, other;
  std::uint16_t section;
  std::uint64_t value, size;

  [[nodiscard]] unsigned binding() const noexcept { return info >> 4U; }
  [[nodiscard]] unsigned visibility() const noexcept { return other & 3U; }
};
static_assert(sizeof(Symbol) == 24);

inline constexpr unsigned binding_global = 1, binding_weak = 2, binding_unique = 10;
inline constexpr unsigned visibility_default = 0, visibility_protected = 3;
inline constexpr std::uint16_t section_undefined = 0, section_absolute = 0xfff1;

struct Rela {
  std::uint64_t offset, info;
  std::int64_t addend;
};
static_assert(sizeof(Rela) == 24);

struct Rel {
  std::uint64_t offset, info;
};
static_assert(sizeof(Rel) == 16);

/** The versions that a library wants of another (DT_VERNEED, as in glibc), and one of them. Links are in bytes from the
 *  entry itself. */
struct NeededVersions {
  std::uint16_t revision, count;
  std::uint32_t library, first, next;
};
static_assert(sizeof(NeededVersions) == 16);

struct NeededVersion {
  std::uint32_t hash;
  std::uint16_t flags, index;
  std::uint32_t name, next;
};
static_assert(sizeof(NeededVersion) == 16);
inline constexpr std::uint16_t version_weak = 2;

/** A version that a library defines (DT_VERDEF), and its name. */
struct DefinedVersion {
  std::uint16_t revision, flags, index, count;
  std::uint32_t hash, first, next;
};
static_assert(sizeof(DefinedVersion) == 20);

struct VersionName {
  std::uint32_t name, next;
};
static_assert(sizeof(VersionName) == 8);

/** What a machine calls the relocations that fill a pointer in a table of data. */
struct Machine {
  std::uint16_t number;
  std::uint32_t relative, absolute, symbol;
};
inline constexpr Machine x86_64 = {62, 8, 1, 6};
inline constexpr Machine aarch64 = {183, 1027, 257, 1025};

#if defined(__aarch64__)
inline constexpr Machine host_machine = aarch64;
#else
inline constexpr Machine host_machine = x86_64;
#endif

}  // namespace penstock::plugin::elf
