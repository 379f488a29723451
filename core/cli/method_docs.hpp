#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace penstock::cli {

/** A method as `<penstock/abi/interface.h>` documents it: what a row of its lists says, and the comment above that row. */
struct MethodDoc {
  std::string_view name;
  std::string declaration;  ///< in C: `penstock_status process(void* self, penstock_batch* batch)`
  std::string_view need;    ///< `required`, `optional`, or on what it depends: `required of a type with parameters`
  std::string since;        ///< the version of the interface that brought it: `1.0`
  std::string says;         ///< the first paragraph of the comment, in one line
};

/** Every method of every interface, each once. */
[[nodiscard]] const std::vector<MethodDoc>& method_docs();

}  // namespace penstock::cli
