#include "cli/type_text.hpp"

#include "cli/json.hpp"
#include "pipeline/value.hpp"

namespace penstock::cli {
namespace {

using diagnostic::json_string;

constexpr std::string_view access_names[] = {"read", "write", "add"};
constexpr std::string_view rows_names[] = {"same", "fewer", "any"};
constexpr std::string_view state_names[] = {"serial", "keyed", "none"};

/** Numbers and truths as such, everything else as text. */
std::string json_scalar(plugin::ValueType type, const std::optional<plugin::Scalar>& scalar) {
  if (!scalar) return "null";
  const std::string text = scalar_text(type, *scalar);
  const bool is_plain = !std::holds_alternative<std::string>(*scalar) && type != plugin::ValueType::duration;
  return is_plain ? text : json_string(text);
}

std::string json_parameter(const plugin::Parameter& one) {
  return JsonObject()
      .text("name", one.name)
      .text("type", one.list ? "list<" + std::string(name(one.type)) + '>' : std::string(name(one.type)))
      .raw("default", one.list || one.secret ? "null" : json_scalar(one.type, one.initial))
      .raw("min", json_scalar(one.type, one.min))
      .raw("max", json_scalar(one.type, one.max))
      .raw("choices", json_array(one.choices, json_string))
      .truth("required", one.required)
      .truth("secret", one.secret)
      .truth("reloadable", one.reloadable)
      .text_or_null("unit", one.unit)
      .text_or_null("example", one.example)
      .text("doc", one.doc)
      .str();
}

std::string json_metric(const plugin::Metric& one) {
  return JsonObject()
      .text("name", one.name)
      .text_or_null("label", one.label)
      .text("type", name(one.type))
      .raw("default", json_scalar(one.type, one.initial))
      .raw("min", json_scalar(one.type, one.min))
      .raw("max", json_scalar(one.type, one.max))
      .truth("never_decreasing", one.never_decreasing)
      .text_or_null("unit", one.unit)
      .text("doc", one.doc)
      .str();
}

std::string json_column(const plugin::Column& one) {
  return JsonObject()
      .text("name", one.name)
      .text("access", access_names[static_cast<std::size_t>(one.access)])
      .text_or_null("type", one.type)
      .truth("nullable", one.nullable)
      .text("doc", one.doc)
      .str();
}

std::string json_method(const plugin::Method& one) {
  return JsonObject().text("name", one.name).text("signature", one.signature).str();
}

}  // namespace

std::string interface_text(const plugin::Manifest& manifest) {
  return std::string(plugin::name(manifest.interface)) + ' ' + plugin::text(manifest.interface_version);
}

std::string columns_text(const plugin::Manifest& manifest) {
  std::string out;
  const auto append = [&](plugin::Access access, std::string_view verb) {
    std::string names;
    for (const plugin::Column& column : manifest.columns) {
      if (column.access != access) continue;
      names += (names.empty() ? "" : ", ") + (is_every(column) ? "every column" : column.name);
    }
    if (names.empty()) return;
    out += out.empty() ? "" : "; ";
    out.append(verb).append(" ").append(names);
  };
  append(plugin::Access::read, "reads");
  append(plugin::Access::write, "writes");
  append(plugin::Access::add, "adds");
  return out;
}

std::string default_text(const plugin::Parameter& parameter) {
  if (parameter.secret && parameter.initial) return "***";
  const auto value = pipeline::default_value(parameter);
  return value ? pipeline::canonical(parameter, *value) : std::string();
}

std::string scalar_text(plugin::ValueType type, const plugin::Scalar& scalar) {
  return pipeline::canonical(plugin::Parameter{.name = {}, .type = type}, scalar);
}

std::string type_json(const plugin::ExportedType& type) {
  const plugin::Manifest& manifest = type.manifest;
  const bool is_stage = manifest.interface == plugin::Interface::stage;
  return JsonObject()
      .text("name", manifest.name)
      .text("interface", plugin::name(manifest.interface))
      .text("version", plugin::text(manifest.interface_version))
      .text("library", type.library.string())
      .text_or_null("built_for", type.built_for)
      .text("sdk", plugin::text(manifest.sdk))
      .text_or_null("class", manifest.class_name)
      .raw("rows", is_stage ? json_string(rows_names[static_cast<std::size_t>(manifest.rows)]) : "null")
      .text("state", state_names[static_cast<std::size_t>(manifest.state)])
      .text_or_null("key", manifest.key)
      .text_or_null("ordered_by", manifest.ordered_by)
      .truth("deterministic", manifest.deterministic)
      .raw("columns", json_array(manifest.columns, json_column))
      .raw("parameters", json_array(manifest.parameters, json_parameter))
      .raw("metrics", json_array(manifest.metrics, json_metric))
      .raw("methods", json_array(manifest.methods, json_method))
      .str();
}

}  // namespace penstock::cli
