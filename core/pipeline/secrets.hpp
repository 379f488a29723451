#pragma once

#include <span>
#include <string>
#include <vector>

#include "plugin/manifest.hpp"

namespace penstock::pipeline {

struct Node;
struct Value;

/** What messages show in place of a value: `***` of a secret parameter, `${MIN}` of a value of the environment, which
 *  may be a secret whatever its parameter says; empty: the value itself. */
[[nodiscard]] std::string veil_of(const plugin::Parameter& parameter, const Value& written);

/** The values of the node's secret parameters, as a plugin may spell them. */
[[nodiscard]] std::vector<std::string> secrets_of(const Node& node);

/** `text` of a plugin with each of the secrets replaced by `***`. */
[[nodiscard]] std::string without_secrets(std::string text, std::span<const std::string> secrets);

}  // namespace penstock::pipeline
