#include "plugin/pe_file.hpp"

#include <algorithm>
#include <string_view>

#include "plugin/other_file.hpp"

namespace penstock::plugin {
namespace {

std::string machine_name(std::uint16_t number) {
  switch (number) {
    case 0x14c: return "x86 (32-bit)";
    case 0x1c0:
    case 0x1c4: return "ARM (32-bit)";
    case 0x200: return "Itanium";
    case 0x5064: return "RISC-V (64-bit)";
    case pe::machine_x86_64: return "x86-64";
    case pe::machine_aarch64: return "AArch64";
    default: return "an unknown machine (" + std::to_string(number) + ')';
  }
}

/** The most that Windows loads. It keeps the search for an address's section short in a file made to slow us down. */
constexpr std::uint16_t most_sections = 96;

constexpr const char* in_headers = "in its headers";

}  // namespace

PeFile::PeFile(const ByteSource& source, const std::string& file, Diagnostics& found) : ImageFile(source, file, found) {
  if (const auto header = find_header())
    if (const auto sections = read_header(*header)) read_sections(*sections);
}

/** A structure at `offset` of the file. A file that ends before it is truncated. */
template <class T>
std::optional<T> PeFile::at(std::uint64_t offset) {
  T value{};
  if (offset + sizeof value > size())
    truncated(offset + sizeof value);
  else if (read(offset, std::as_writable_bytes(std::span(&value, 1)), in_headers))
    return value;
  return std::nullopt;
}

std::optional<std::uint64_t> PeFile::find_header() {
  const auto dos = at<pe::DosHeader>(0);
  if (!dos) return std::nullopt;
  const auto signature = at<std::array<char, 4>>(dos->signature_offset);
  if (!signature) return std::nullopt;
  if (*signature != std::array{'P', 'E', '\0', '\0'}) {
    fail(Code::PS0106, "is not a shared library", {"", "a DLL of 64-bit Windows", "a program for DOS"},
         dos->signature_offset, advise_on_other_file(name()));
    return std::nullopt;
  }
  return dos->signature_offset + signature->size();
}

bool PeFile::accept(const pe::FileHeader& header) {
  if (header.machine != pe::host_machine) {
    fail(Code::PS0107, "is for another machine",
         {"machine", machine_name(pe::host_machine) + ", Windows", machine_name(header.machine) + ", Windows"}, {},
         "build it for this machine");
  } else if ((header.flags & pe::flag_executable) == 0) {
    fail(Code::PS0106, "is not a shared library", {"", "a DLL", "an image that was not linked to its end"}, {},
         "link it as a shared library");
  } else if ((header.flags & pe::flag_dll) == 0) {
    fail(Code::PS0106, "is not a shared library", {"", "a DLL", "a program for Windows"}, {},
         "link it as a shared library");
  }
  return !faulty();
}

std::optional<PeFile::SectionTable> PeFile::read_header(std::uint64_t offset) {
  const auto header = at<pe::FileHeader>(offset);
  if (!header || !accept(*header)) return std::nullopt;
  is_fixed_ = (header->flags & pe::flag_relocations_stripped) != 0;
  const std::uint64_t optional_at = offset + sizeof *header;
  const auto optional = at<pe::OptionalHeader>(optional_at);
  if (!optional) return std::nullopt;
  base_ = optional->image_base;
  const std::uint32_t count = std::min(optional->directory_count, pe::most_directories);
  const std::uint64_t length = sizeof *optional + count * sizeof(pe::Directory);
  if (optional->magic != pe::magic_64 || header->optional_header_size < length) {
    malformed(
        "an optional header of kind 523 and at least " + std::to_string(length) + " bytes",
        "kind " + std::to_string(optional->magic) + " and " + std::to_string(header->optional_header_size) + " bytes",
        0);
    return std::nullopt;
  }
  if (optional_at + length > size()) {
    truncated(optional_at + length);
    return std::nullopt;
  }
  const auto directories = std::span(directories_).first(count);
  if (!read(optional_at + sizeof *optional, std::as_writable_bytes(directories), in_headers)) return std::nullopt;
  return SectionTable{optional_at + header->optional_header_size, header->section_count};
}

void PeFile::read_sections(const SectionTable& table) {
  if (table.count == 0 || table.count > most_sections) {
    malformed("1 to " + std::to_string(most_sections) + " sections", std::to_string(table.count), 0);
    return;
  }
  std::uint64_t end = table.offset + table.count * sizeof(pe::SectionHeader);
  if (end > size()) return truncated(end);
  std::vector<pe::SectionHeader> headers(table.count);
  if (!read(table.offset, std::as_writable_bytes(std::span(headers)), in_headers)) return;
  for (const pe::SectionHeader& section : headers) {
    // A size in memory of 0 is that in the file, which is rounded up otherwise.
    const std::uint32_t memory = section.memory_size == 0 ? section.file_size : section.memory_size;
    segments_.push_back({section.address, memory, section.offset, std::min(memory, section.file_size)});
    if (section.file_size > 0) end = std::max(end, std::uint64_t{section.offset} + section.file_size);
  }
  if (end > size()) truncated(end);
}

}  // namespace penstock::plugin
