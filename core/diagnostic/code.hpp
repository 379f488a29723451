#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace penstock::diagnostic {

/** Every diagnostic code, with the sentence that describes its kind. A code is stable for ever: it stands in reports,
 *  scripts and pages, so one that is no longer said keeps its number and a new meaning takes a new one.
 *
 *  00xx command line · 01xx files and images · 02xx types against interfaces · 03xx manifests · 04xx pipeline files and
 *  configuration · 05xx running · 06xx change log */
#define PENSTOCK_DIAGNOSTIC_CODES(C)                                  \
  /* command line */                                                  \
  C(PS0001, "the command line is not understood")                     \
  C(PS0002, "results cannot be written")                              \
  C(PS0003, "there is nothing to check")                              \
  /* files and images */                                              \
  C(PS0101, "a file cannot be read")                                  \
  C(PS0102, "a candidate is not a regular file")                      \
  C(PS0103, "a link leads nowhere")                                   \
  C(PS0104, "an element of the plugin path cannot be used")           \
  C(PS0105, "a library is truncated")                                 \
  C(PS0106, "a file is not a library")                                \
  C(PS0107, "a library is for another machine")                       \
  C(PS0108, "a library is malformed")                                 \
  C(PS0109, "a type is there for another system only")                \
  C(PS0110, "a library cannot be loaded")                             \
  C(PS0111, "a library is not the one that was inspected")            \
  C(PS0112, "a needed library is missing")                            \
  C(PS0113, "a needed symbol version is missing")                     \
  C(PS0114, "a library hides its exported types")                     \
  C(PS0115, "a file holds debug information only")                    \
  C(PS0116, "a library asks for an executable stack")                 \
  C(PS0117, "a library ended the process that tried it")              \
  C(PS0118, "a library changed the process while it was loaded")      \
  C(PS0119, "a type name is taken by another library")                \
  C(PS0120, "a needed symbol is defined nowhere")                     \
  /* types against interfaces */                                      \
  C(PS0201, "a type does not conform to its interface")               \
  C(PS0202, "a method is a NULL pointer")                             \
  C(PS0203, "the rows of a type differ from its manifest")            \
  C(PS0204, "a method is declared and never defined")                 \
  C(PS0205, "a version is not supported")                             \
  C(PS0206, "a type is exported by half")                             \
  C(PS0207, "a method is unknown")                                    \
  C(PS0208, "a table of methods is malformed")                        \
  C(PS0209, "a type is refused because of its library")               \
  /* manifests */                                                     \
  C(PS0301, "a manifest is malformed")                                \
  C(PS0302, "a label of a manifest is missing")                       \
  C(PS0303, "a value of a manifest is unknown")                       \
  C(PS0304, "a name is not an identifier")                            \
  C(PS0305, "a name is declared twice")                               \
  C(PS0306, "a name is reserved")                                     \
  C(PS0307, "a default or a bound does not fit")                      \
  C(PS0308, "a column is needed and not declared")                    \
  C(PS0309, "an access to a column does not fit the interface")       \
  C(PS0310, "a label belongs to another interface")                   \
  /* pipeline files and configuration */                              \
  C(PS0401, "a pipeline file is not valid YAML")                      \
  C(PS0402, "a pipeline file cannot be read")                         \
  C(PS0403, "a pipeline file is not plain data")                      \
  C(PS0404, "a pipeline file asks for what this version does not do") \
  C(PS0405, "a key of a pipeline file is unknown or missing")         \
  C(PS0406, "a key of a pipeline file has a wrong value")             \
  C(PS0407, "a type is unknown")                                      \
  C(PS0408, "a type stands in the wrong place")                       \
  C(PS0409, "a parameter is unknown")                                 \
  C(PS0410, "a parameter is missing")                                 \
  C(PS0411, "a parameter has a wrong value")                          \
  C(PS0412, "a setting of the command line fits nothing")             \
  C(PS0413, "a plugin made no instance")                              \
  C(PS0414, "a plugin refused its configuration")                     \
  C(PS0415, "a column is needed and nobody makes it")                 \
  C(PS0416, "a column has another type than is needed")               \
  C(PS0417, "a column exists already")                                \
  C(PS0418, "a renamed column is unknown")                            \
  C(PS0419, "a plugin refused its columns")                           \
  C(PS0420, "an environment variable is not set")                     \
  C(PS0421, "an environment value is written wrongly")                \
  /* running */                                                       \
  C(PS0501, "a node failed")                                          \
  C(PS0502, "a node broke the contract of the boundary")              \
  C(PS0503, "a row was rejected and ended the run")                   \
  C(PS0504, "a run did not drain in time")                            \
  C(PS0505, "a rejects file cannot be written")                       \
  C(PS0506, "a run is out of memory")                                 \
  C(PS0507, "the rows of a run do not add up")                        \
  C(PS0508, "a plugin ended the process")                             \
  C(PS0509, "a plugin crashed")                                       \
  /* change log */                                                    \
  C(PS0601, "a change log cannot be opened")                          \
  C(PS0602, "a change log is in use by another run")                  \
  C(PS0603, "a block of a change log is damaged")                     \
  C(PS0604, "the chain of a change log is broken")                    \
  C(PS0605, "a change log is not closed")                             \
  C(PS0606, "a change log cannot be written any more")                \
  C(PS0607, "bytes that belong to no block")                          \
  C(PS0608, "a change log of a newer format")                         \
  C(PS0609, "changes were lost from a ring")                          \
  C(PS0610, "a run that was not closed was recovered")                \
  C(PS0611, "a change log is not the expected one")

enum class Code : std::uint16_t {
#define PENSTOCK_CODE(name, title) name,
  PENSTOCK_DIAGNOSTIC_CODES(PENSTOCK_CODE)
#undef PENSTOCK_CODE
};

/** `PS0201`. Static text. */
[[nodiscard]] std::string_view name(Code code) noexcept;

/** What this kind of diagnostic is about, in one lower-case sentence. Static text. */
[[nodiscard]] std::string_view title(Code code) noexcept;

/** The part of Penstock that it belongs to, by its first two digits: `files and images`. Static text. */
[[nodiscard]] std::string_view group(Code code) noexcept;

/** All of them, in rising order. Static. */
[[nodiscard]] std::span<const Code> codes() noexcept;

}  // namespace penstock::diagnostic
