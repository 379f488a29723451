#pragma once

#include <string>

#include "pipeline/node.hpp"

namespace penstock::pipeline {

/** Understands one node; `where` is what the file calls its place: `source`, or stage 3. Parameters are left for
 *  `evaluate`. Of a node that is not understood the type is empty. */
[[nodiscard]] Description describe_node(const Value& written, plugin::Interface role, const std::string& where,
                                        Diagnostics& found);

/** The type that a word, a node or the first of several names; `TYPE` if none does. Not one of the environment: it may
 *  be a secret. */
[[nodiscard]] std::string type_meant_by(const Value& written);

/** A node of the type, as a file has it: `` `- {type: normalize}`; parameters ... `` with `- ` before. */
[[nodiscard]] std::string mapping_with(const std::string& type, const std::string& before = {});

/** What to do about several `nodes` where only one of `key` can be. */
[[nodiscard]] std::string advise_on_one(const std::string& key, const Value& nodes);

}  // namespace penstock::pipeline
