# Writes a source file that defines texts out of files, for programs that carry them:
#
#   cmake -D OUTPUT=pages.cpp -D DEFINES=penstock::diagnostic::pages -D FILES=a.md;b.md -P embed_texts.cmake
#
# defines `std::span<const EmbeddedText> penstock::diagnostic::pages()`: one text a file, named by its stem.
string(REGEX MATCH "^(.*)::([a-z_]+)$" matched "${DEFINES}")
set(namespace ${CMAKE_MATCH_1})
set(function ${CMAKE_MATCH_2})

set(source "#include \"diagnostic/embedded_text.hpp\"\n\n")
string(APPEND source "namespace ${namespace} {\nnamespace {\n\nconstexpr penstock::diagnostic::EmbeddedText texts[] = {\n")
foreach(file ${FILES})
  get_filename_component(stem ${file} NAME_WE)
  file(READ ${file} text)
  string(APPEND source "    {\"${stem}\", R\"embedded(${text})embedded\"},\n")
endforeach()
string(APPEND source "};\n\n}  // namespace\n\n")
string(APPEND source
  "std::span<const penstock::diagnostic::EmbeddedText> ${function}() noexcept { return texts; }\n\n}  // namespace ${namespace}\n")
file(WRITE ${OUTPUT} "${source}")
