#include "plugin/sanitizer.hpp"

#include <algorithm>
#include <iterator>

#include "plugin/file_source.hpp"
#include "plugin/image.hpp"
#include "plugin/loaded_code.hpp"

namespace penstock::plugin {
namespace {

/** A sanitizer that wants to be first, how the names of its libraries begin (of GCC, of clang), how its symbols do, and one that it always has. */
struct Sanitizer {
  std::string_view name, library, clang_library, symbols;
  const char* symbol;
};

constexpr Sanitizer sanitizers[] = {
    {"AddressSanitizer", "libasan.so", "libclang_rt.asan", "__asan_", "__asan_init"},
    {"HWAddressSanitizer", "libhwasan.so", "libclang_rt.hwasan", "__hwasan_", "__hwasan_init"},
    {"LeakSanitizer", "liblsan.so", "libclang_rt.lsan", "__lsan_", "__lsan_init"},
    {"MemorySanitizer", "libmsan.so", "libclang_rt.msan", "__msan_", "__msan_init"},
    {"ThreadSanitizer", "libtsan.so", "libclang_rt.tsan", "__tsan_", "__tsan_init"},
};

constexpr std::string_view symbols_of_undefined_behavior = "__ubsan_";

/** What people will put into a shell: a file may say anything. */
bool is_harmless(std::string_view name) {
  return std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-' || c == '+';
  });
}

}  // namespace

std::string advise_on_sanitizer(const std::filesystem::path& library) {
  diagnostic::Diagnostics unheard;
  const auto source = FileSource::open(library, unheard);
  const auto linkage = source ? read_linkage(*source, library.string(), unheard) : std::nullopt;
  if (!linkage) return {};
  for (const std::string& needed : linkage->dependencies.needed) {
    const auto* const one = std::ranges::find_if(sanitizers, [&](const Sanitizer& sanitizer) {
      return needed.starts_with(sanitizer.library) || needed.starts_with(sanitizer.clang_library);
    });
    if (one == std::end(sanitizers) || !is_harmless(needed) || is_defined_in_process(one->symbol)) continue;
    const bool is_of_clang = needed.starts_with(one->clang_library);
    return "it is built with " + std::string(one->name) +
           ", whose library must be loaded first: start the host with `LD_PRELOAD=" +
           (is_of_clang ? "$(clang -print-file-name=" + needed + ')' : needed) + "`, or build it without `-fsanitize`";
  }
  return {};
}

std::string advise_on_sanitizer(const std::filesystem::path& library, std::string_view output) {
  const bool says_so = output.find("does not come first") != std::string_view::npos ||
                       output.find("ThreadSanitizer") != std::string_view::npos;
  return says_so ? advise_on_sanitizer(library) : std::string();
}

std::string advise_on_sanitizer_symbol(std::string_view symbol) {
  const auto* const one = std::ranges::find_if(
      sanitizers, [&](const Sanitizer& sanitizer) { return symbol.starts_with(sanitizer.symbols); });
  const bool is_of_undefined_behavior = symbol.starts_with(symbols_of_undefined_behavior);
  if (one == std::end(sanitizers) && !is_of_undefined_behavior) return {};
  return "it is built with " +
         (is_of_undefined_behavior ? std::string("UndefinedBehaviorSanitizer") : std::string(one->name)) +
         ", which its compiler links into programs only: build it without `-fsanitize`, or with GCC, or with "
         "`-shared-libsan`";
}

}  // namespace penstock::plugin
