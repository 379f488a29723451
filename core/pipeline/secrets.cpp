#include "pipeline/secrets.hpp"

#include <string_view>
#include <variant>

#include "pipeline/node.hpp"
#include "pipeline/value.hpp"

namespace penstock::pipeline {

std::vector<std::string> secrets_of(const Node& node) {
  std::vector<std::string> secrets;
  for (const Argument& argument : node.arguments) {
    if (!argument.declared->secret) continue;
    if (const auto* texts = std::get_if<std::vector<std::string>>(&argument.content))
      secrets.insert(secrets.end(), texts->begin(), texts->end());
    else
      secrets.push_back(canonical(*argument.declared, argument.content));
  }
  std::erase(secrets, "");
  return secrets;
}

std::string without_secrets(std::string text, std::span<const std::string> secrets) {
  constexpr std::string_view veil = "***";
  for (const std::string& secret : secrets)
    for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + veil.size()))
      text.replace(at, secret.size(), veil);
  return text;
}

}  // namespace penstock::pipeline
