#include "pipeline/secrets.hpp"

#include <string_view>
#include <variant>

#include "pipeline/node.hpp"
#include "pipeline/report.hpp"
#include "pipeline/value.hpp"

namespace penstock::pipeline {
namespace {

constexpr std::string_view secret_veil = "***";

}  // namespace

std::string veil_of(const plugin::Parameter& parameter, const Value& written) {
  if (parameter.secret) return std::string(secret_veil);
  return origin(written).empty() ? std::string() : shown(written);
}

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
  for (const std::string& secret : secrets)
    for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + secret_veil.size()))
      text.replace(at, secret.size(), secret_veil);
  return text;
}

}  // namespace penstock::pipeline
