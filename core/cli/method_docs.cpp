#include "cli/method_docs.hpp"

#include <penstock/abi.h>

#include <algorithm>
#include <span>

#include "diagnostic/embedded_text.hpp"

namespace penstock::cli {

std::span<const diagnostic::EmbeddedText> interface_headers() noexcept;  // made of penstock/abi/interface.h

namespace {

/** The comment above the row `M(name, ...)`, from its opening to its end. */
std::string_view comment_above(std::string_view method) {
  const std::string_view header = interface_headers().front().text;
  const std::size_t row = header.find("\n  M(" + std::string(method) + ',');
  const std::size_t begin = header.rfind("/** ", row);
  return header.substr(begin + 4, header.rfind("*/", row) - begin - 4);
}

/** The words of the first paragraph, with one blank between them. */
std::string first_paragraph(std::string_view comment) {
  std::string paragraph;
  for (std::string_view rest = comment.substr(0, comment.find("*\n")); !rest.empty();) {
    const std::size_t end = std::min(rest.find_first_of(" \n"), rest.size());
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (!word.empty() && word != "*") paragraph.append(paragraph.empty() ? "" : " ").append(word);
  }
  return paragraph;
}

/** `required` of `[method], before `open`  required, since 1.0`, with which a comment ends. */
std::string_view need_in(std::string_view comment) {
  const std::size_t end = comment.rfind(", since ");
  const std::size_t begin = comment.rfind("  ", end) + 2;
  return comment.substr(begin, end - begin);
}

/** `void* create(...)`, of the two parts as the list has them. */
std::string declaration(std::string_view result, std::string_view name, std::string_view arguments) {
  std::string text;
  return text.append(result).append(" ").append(name).append(arguments);
}

}  // namespace

const std::vector<MethodDoc>& method_docs() {
#define PENSTOCK_DOC(name, result, arguments, need, since, signature)                      \
  MethodDoc{#name, declaration(#result, #name, #arguments), need_in(comment_above(#name)), \
            std::to_string(since) + ".0", first_paragraph(comment_above(#name))},
  static const std::vector<MethodDoc> docs = {PENSTOCK_ALL_METHODS(PENSTOCK_DOC)};
#undef PENSTOCK_DOC
  return docs;
}

}  // namespace penstock::cli
