#include "diagnostic/diagnostic.hpp"

namespace penstock::diagnostic {
namespace {

/** At a code point, and says that something is missing. */
void shorten(std::string& text) {
  if (text.size() <= longest_text) return;
  const std::string size = std::to_string(text.size());
  std::size_t end = longest_text;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) --end;
  text.resize(end);
  text += "... (" + size + " bytes in all)";
}

}  // namespace

void Diagnostics::add(Diagnostic diagnostic) {
  shorten(diagnostic.summary);
  for (Comparison& one : diagnostic.comparisons)
    for (std::string* text : {&one.subject, &one.expected, &one.found, &one.remark}) shorten(*text);
  for (std::string& note : diagnostic.notes) shorten(note);
  for (std::string& one : diagnostic.help) shorten(one);
  errors_ += diagnostic.severity == Severity::error;
  items_.push_back(std::move(diagnostic));
}

}  // namespace penstock::diagnostic
