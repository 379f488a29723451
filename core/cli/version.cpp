#include "cli/version.hpp"

#include <penstock/abi.h>

#include <string_view>

#ifndef __has_feature
#define __has_feature(name) 0
#endif

namespace penstock::cli {
namespace {

#ifdef __clang__
constexpr const char* compiler = __VERSION__;
#else
constexpr const char* compiler = "g++ " __VERSION__;
#endif

#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
constexpr std::string_view sanitizer = ", with the address sanitizer";
#elif defined(__SANITIZE_THREAD__) || __has_feature(thread_sanitizer)
constexpr std::string_view sanitizer = ", with the thread sanitizer";
#else
constexpr std::string_view sanitizer = "";
#endif

#ifdef NDEBUG
constexpr std::string_view assertions = "";
#else
constexpr std::string_view assertions = ", with assertions";
#endif

}  // namespace

std::string version_text() {
  std::string text = "penstock " PENSTOCK_VERSION "\n";
  text += "boundary " PENSTOCK_ABI_VERSION_TEXT "\n";
  text.append("compiler ").append(compiler) += '\n';
  const std::string_view type = PENSTOCK_BUILD_TYPE;
  text.append("build    ").append(type.empty() ? "of no type" : type).append(assertions).append(sanitizer) += '\n';
  return text;
}

}  // namespace penstock::cli
