#include "plugin/elf_file.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "plugin/other_file.hpp"

namespace penstock::plugin {
namespace {

std::string machine_name(std::uint16_t number) {
  switch (number) {
    case 3: return "x86 (32-bit)";
    case 8: return "MIPS";
    case 20: return "PowerPC";
    case 21: return "PowerPC 64";
    case 22: return "S/390";
    case 40: return "ARM";
    case 62: return "x86-64";
    case 183: return "AArch64";
    case 243: return "RISC-V";
    case 258: return "LoongArch";
    default: return "an unknown machine (" + std::to_string(number) + ')';
  }
}

std::string_view kind_name(std::uint16_t type) {
  switch (type) {
    case elf::type_relocatable: return "an object file that is not linked yet";
    case elf::type_executable: return "a program";
    case elf::type_core: return "a core dump";
    default: return "an ELF file of unknown kind";
  }
}

/** Linkers make four to ten. The limit keeps the search for an address's segment short in a file made to slow us down. */
constexpr std::size_t most_segments = 128;

}  // namespace

ElfFile::ElfFile(const ByteSource& source, const std::string& file, Diagnostics& found)
    : ImageFile(source, file, found) {
  elf::FileHeader header{};
  if (!read_header(header) || !read_segments(header)) return;
  look_for_sections(header);
  read_dynamic();
}

bool ElfFile::read_header(elf::FileHeader& header) {
  std::array<std::byte, sizeof header> raw{};
  const auto present = std::span(raw).first(static_cast<std::size_t>(std::min<std::uint64_t>(size(), raw.size())));
  if (!read(0, present, "at its first bytes")) return false;
  std::memcpy(&header, raw.data(), sizeof header);
  constexpr std::array<unsigned char, 4> magic = {0x7f, 'E', 'L', 'F'};
  if (present.size() < magic.size() || std::memcmp(header.ident, magic.data(), magic.size()) != 0) {
    OtherFile other = tell_other_file(present, name());
    fail(Code::PS0106, "is not a shared library", {"", "an ELF file", std::move(other.what)}, {},
         std::move(other.help));
    return false;
  }
  if (present.size() < sizeof header) {
    truncated(sizeof header);
    return false;
  }
  const std::string host = machine_name(elf::host_machine.number) + ", 64-bit, little-endian";
  const unsigned char file_class = header.ident[4], order = header.ident[5];
  const bool classes_known = file_class == elf::class_32 || file_class == elf::class_64;
  const bool order_known = order == elf::little_endian || order == elf::big_endian;
  if (!classes_known || !order_known) {
    malformed("class 1 or 2 and byte order 1 or 2",
              "class " + std::to_string(file_class) + " and byte order " + std::to_string(order), 0);
    return false;
  }
  const bool swapped = order == elf::big_endian;
  const auto in_order = [&](std::uint16_t number) {
    return swapped ? static_cast<std::uint16_t>(number << 8U | number >> 8U) : number;
  };
  const std::uint16_t machine = in_order(header.machine), type = in_order(header.type);
  if (file_class != elf::class_64 || swapped || machine != elf::host_machine.number) {
    fail(Code::PS0107, "is for another machine",
         {"machine", host,
          machine_name(machine) + (file_class == elf::class_64 ? ", 64-bit" : ", 32-bit") +
              (swapped ? ", big-endian" : ", little-endian")},
         {}, "build it for this machine");
    return false;
  }
  if (type != elf::type_shared) {
    refuse_kind(std::string(kind_name(type)));
    return false;
  }
  return true;
}

bool ElfFile::read_segments(const elf::FileHeader& header) {
  constexpr std::uint16_t too_many = 0xffff;  // the real count would stand in a section header, which we do not trust
  if (header.program_entry_size != sizeof(elf::ProgramHeader) || header.program_count == 0 ||
      header.program_count == too_many) {
    malformed("program headers of 56 bytes, 1 to 65534 of them",
              std::to_string(header.program_count) + " of " + std::to_string(header.program_entry_size) + " bytes", 0);
    return false;
  }
  const std::uint64_t length = header.program_count * sizeof(elf::ProgramHeader);
  if (header.program_offset > std::uint64_t{1} << 62U || header.program_offset + length > size()) {
    truncated(std::min(header.program_offset, std::uint64_t{1} << 62U) + length);
    return false;
  }
  std::vector<elf::ProgramHeader> headers(header.program_count);
  if (!read(header.program_offset, std::as_writable_bytes(std::span(headers)), "in its program headers")) return false;
  std::uint64_t end = 0;
  for (const elf::ProgramHeader& segment : headers) {
    if (segment.type == elf::segment_dynamic) dynamic_segment_ = segment;
    if (segment.type == elf::segment_stack) executable_stack_ = (segment.flags & elf::flag_executable) != 0;
    if (segment.type != elf::segment_load) continue;
    if (!accept(segment)) return false;
    end = std::max(end, segment.offset + segment.file_size);
    segments_.push_back({segment.address, segment.memory_size, segment.offset, segment.file_size,
                         (segment.flags & elf::flag_readable) != 0});
  }
  if (end > size()) truncated(end);
  return !faulty();
}

/** The loader reserves what lies between the first and the last segment and believes the rest: it would write outside of a
 *  library whose segments are in no order, or are more in the file than in memory. */
bool ElfFile::accept(const elf::ProgramHeader& segment) {
  constexpr std::uint64_t half = std::uint64_t{1} << 62U;
  const std::uint64_t behind = segments_.empty() ? 0 : segments_.back().address + segments_.back().memory_size;
  if (segments_.size() == most_segments) {
    malformed("at most " + std::to_string(most_segments) + " loadable segments", "more", 0);
  } else if (segment.address > half || segment.memory_size > half || segment.offset > half ||
             segment.file_size > half) {
    malformed("segments within the address space", "one at " + std::to_string(segment.address), 0);
  } else if (segment.memory_size < segment.file_size) {
    malformed("a segment at least as large in memory as in the file",
              "one of " + std::to_string(segment.memory_size) + " bytes in memory and " +
                  std::to_string(segment.file_size) + " in the file",
              0);
  } else if (segment.address < behind) {
    malformed("segments one behind the other",
              "one at address " + std::to_string(segment.address) + ", and the one before it ends at " +
                  std::to_string(behind),
              0);
  }
  return !faulty();
}

/** They stand at the end of what linkers write, so that they tell of a file that is cut there. */
void ElfFile::look_for_sections(const elf::FileHeader& header) {
  const std::uint64_t length = std::uint64_t{header.section_count} * header.section_entry_size;
  const bool is_within = header.section_offset <= size() && length <= size() - header.section_offset;
  if (is_within && (header.section_count == 0 || header.section_entry_size == elf::section_header_size)) return;
  lost_sections_ = std::to_string(header.section_count) + " of " + std::to_string(header.section_entry_size) +
                   " bytes at byte " + std::to_string(header.section_offset);
}

void ElfFile::refuse_kind(std::string kind) {
  fail(Code::PS0106, "is not a shared library", {"", "a shared library", std::move(kind)}, {},
       "link it with `-shared`, and compile it with `-fPIC`");
}

void ElfFile::read_dynamic() {
  if (!dynamic_segment_) {
    fail(Code::PS0106, "is not a shared library", {"", "a dynamic segment", ""}, {}, "link it with `-shared`");
    return;
  }
  if (dynamic_segment_->file_size == 0 && dynamic_segment_->memory_size > 0) {
    fail(Code::PS0115, "holds debug information only", {"", "code and data", "their places, and nothing in them"}, {},
         "put the library there from which it was split off; debuggers look for this file elsewhere");
    return;
  }
  const std::uint64_t address = dynamic_segment_->address;
  for (const elf::Dynamic& entry : array<elf::Dynamic>(address, dynamic_segment_->file_size / sizeof(elf::Dynamic))) {
    switch (entry.tag) {
      case elf::tag_end:
        // The loader refuses it. An interpreter or an entry would not tell: the C library has both.
        if ((dynamic_.flags_1 & elf::flag_1_program) != 0) refuse_kind("a program");
        return;
      case elf::tag_needed: dynamic_.needed.push_back(entry.value); break;
      case elf::tag_hash: dynamic_.hash = entry.value; break;
      case elf::tag_gnu_hash: dynamic_.gnu_hash = entry.value; break;
      case elf::tag_strings: dynamic_.strings = entry.value; break;
      case elf::tag_strings_size: dynamic_.strings_size = entry.value; break;
      case elf::tag_symbols: dynamic_.symbols = entry.value; break;
      case elf::tag_versions: dynamic_.versions = entry.value; break;
      case elf::tag_rela: dynamic_.rela = entry.value; break;
      case elf::tag_rela_size: dynamic_.rela_size = entry.value; break;
      case elf::tag_rel: dynamic_.rel = entry.value; break;
      case elf::tag_rel_size: dynamic_.rel_size = entry.value; break;
      case elf::tag_jump: dynamic_.jump = entry.value; break;
      case elf::tag_jump_size: dynamic_.jump_size = entry.value; break;
      case elf::tag_needed_versions: dynamic_.needed_versions = entry.value; break;
      case elf::tag_needed_count: dynamic_.needed_count = entry.value; break;
      case elf::tag_defined_versions: dynamic_.defined_versions = entry.value; break;
      case elf::tag_defined_count: dynamic_.defined_count = entry.value; break;
      case elf::tag_relr: dynamic_.relr = entry.value; break;
      case elf::tag_relr_size: dynamic_.relr_size = entry.value; break;
      case elf::tag_flags: dynamic_.flags = entry.value; break;
      case elf::tag_flags_1: dynamic_.flags_1 = entry.value; break;
      case elf::tag_text_relocations: dynamic_.text_relocations = true; break;
      case elf::tag_soname: dynamic_.soname = entry.value; break;
      case elf::tag_rpath: dynamic_.rpath = entry.value; break;
      case elf::tag_runpath: dynamic_.run_path = entry.value; break;
      default: break;
    }
  }
  if (!faulty()) malformed("an end of the dynamic segment", "none", address);
}

}  // namespace penstock::plugin
