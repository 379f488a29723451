// Reads any bytes as a plugin, for this system or for Windows, and as the text of a manifest. What must hold:
//   - what was refused has a reason, and no message carries a byte that a terminal obeys;
//   - reading twice gives the same;
//   - what is read of the file is a small multiple of its size, and so is the number of reads;
//   - a manifest that was accepted is kept byte for byte and accepted again;
//   - a cut adds nothing: what can still be read of a shorter file was in the whole one.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>

#include "diagnostic/render.hpp"
#include "fixture/counting_source.hpp"
#include "plugin/check.hpp"
#include "plugin/image.hpp"
#include "plugin/mangled.hpp"
#include "plugin/manifest.hpp"

namespace {

using namespace penstock::plugin;

const std::string file = "plugins/libfuzzed.so";

void require(bool holds) {
  if (!holds) std::abort();
}

void require_printable(const Diagnostics& found) {
  for (const auto& one : found) {
    const std::string text = render_text(one);
    require(
        std::none_of(text.begin(), text.end(), [](char c) { return (c >= 0 && c < ' ' && c != '\n') || c == 0x7f; }));
  }
}

std::optional<Image> read(std::span<const std::byte> bytes) {
  Diagnostics found;
  const penstock::fixture::CountingSource source(bytes);
  auto image = read_image(source, file, found);
  require(source.reads() <= source.most_reads() && source.bytes_read() <= source.most_bytes());
  require(image.has_value() != found.has_errors());
  require_printable(found);
  return image;
}

bool same(const ImageType& one, const ImageType& other) {
  return one.id == other.id && one.manifest == other.manifest && one.methods == other.methods;
}

void judge(const ImageType& exported, const Image& image) {
  InspectedType type{.name = exported.id, .rows = exported.methods, .faults = exported.faults};
  if (exported.manifest) type.manifest = read_manifest(*exported.manifest, type.name, file, type.faults);
  if (type.manifest)
    for (const std::string& symbol : image.undefined)
      if (const auto member = member_of(symbol, type.manifest->class_name)) type.undefined.push_back(*member);
  require_printable(check(type, file));
}

/** A library that a plugin needs comes from anywhere, too. */
void read_as_needed(std::span<const std::byte> bytes) {
  const penstock::fixture::CountingSource source(bytes);
  Diagnostics found;
  const auto linkage = read_linkage(source, file, found);
  require(linkage.has_value() != found.has_errors());
  require_printable(found);
  if (const auto symbols = exported_symbols(source)) require(symbols->size() <= bytes.size());
  require(source.reads() <= 2 * source.most_reads() && source.bytes_read() <= 2 * source.most_bytes());
}

void read_as_manifest(std::string_view text) {
  Diagnostics found;
  const auto manifest = parse_manifest(text, "fuzzed", file, found);
  require(manifest.has_value() != found.has_errors());
  require_printable(found);
  if (!manifest) return;
  require(manifest->text == text);
  require(parse_manifest(manifest->text, manifest->name, file, found).has_value());
  const std::string_view shorter = text.substr(0, text.rfind('\n', text.size() - 2) + 1);
  const auto cut = read_manifest(shorter, "fuzzed", file, found);
  require(!cut || cut->methods.size() <= manifest->methods.size());
  require(!cut || cut->parameters.size() <= manifest->parameters.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  read_as_manifest({reinterpret_cast<const char*>(data), size});
  read_as_needed(bytes);
  const auto image = read(bytes);
  const auto again = read(bytes);
  require(image.has_value() == again.has_value());
  if (image) {
    require(std::equal(image->types.begin(), image->types.end(), again->types.begin(), again->types.end(), same));
    require(image->undefined == again->undefined);
    require(image->dependencies.needed == again->dependencies.needed && image->built_for == again->built_for);
    for (const ImageType& type : image->types) judge(type, *image);
  }
  if (const auto cut = read(bytes.first(size - size / 8)); cut) {
    require(image.has_value());
    for (const ImageType& type : cut->types)
      require(std::any_of(image->types.begin(), image->types.end(),
                          [&](const ImageType& whole) { return same(type, whole); }));
  }
  return 0;
}
