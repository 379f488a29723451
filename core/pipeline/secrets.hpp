#pragma once

#include <span>
#include <string>
#include <vector>

namespace penstock::pipeline {

struct Node;

/** The values of the node's secret parameters, as a plugin may spell them. */
[[nodiscard]] std::vector<std::string> secrets_of(const Node& node);

/** `text` of a plugin with each of the secrets replaced by `***`. */
[[nodiscard]] std::string without_secrets(std::string text, std::span<const std::string> secrets);

}  // namespace penstock::pipeline
