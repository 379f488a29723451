#pragma once

#include <gmock/gmock.h>
#include <unistd.h>

#include <deque>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "diagnostic/render.hpp"
#include "pipeline/compile.hpp"
#include "pipeline/secrets.hpp"

namespace penstock::pipeline {

/** Hosts that only remember. */
class RememberingHosts final : public NodeHosts {
 public:
  const penstock_host& add(const std::string& node, const plugin::ExportedType&, Partition = {}) override {
    Entry& entry = entries_.emplace_back();
    entry.name = node;
    entry.host.size = sizeof(penstock_host);
    entry.host.node = entry.name.c_str();
    entry.host.fail = [](const penstock_host* host, penstock_status status, std::int64_t where, const char* text) {
      // The table is the first member of its entry.
      auto& teller = const_cast<Entry&>(reinterpret_cast<const Entry&>(*host));
      teller.said = Failure{status, where, without_secrets(text, teller.secrets)};
      return status;
    };
    return entry.host;
  }
  void keep_secrets(const penstock_host& host, std::vector<std::string> secrets) override {
    const_cast<Entry&>(reinterpret_cast<const Entry&>(host)).secrets = std::move(secrets);
  }
  void parameter(const ParameterValue& value) override { parameters.push_back(value); }
  std::optional<Failure> take_failure(const penstock_host& host) override {
    return std::exchange(const_cast<Entry&>(reinterpret_cast<const Entry&>(host)).said, std::nullopt);
  }

  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const Entry& entry : entries_) names.push_back(entry.name);
    return names;
  }
  /** `node.parameter = text (reason)` */
  [[nodiscard]] std::vector<std::string> values() const {
    std::vector<std::string> values;
    for (const ParameterValue& value : parameters)
      values.push_back(value.node + "." + value.parameter + " = " + value.text + " (" + value.reason + ")");
    return values;
  }

  std::vector<ParameterValue> parameters;

 private:
  struct Entry {
    penstock_host host{};
    std::string name;
    std::vector<std::string> secrets;
    std::optional<Failure> said;
  };
  std::deque<Entry> entries_;
};

/** Types without libraries, a pipeline file in a directory of its own, and what came of compiling it. */
class Bench : public testing::Test {
 protected:
  Bench() {
    std::string name = (std::filesystem::temp_directory_path() / "penstock_pipeline_XXXXXX").string();
    directory_ = ::mkdtemp(name.data());
    instances_ = 0;
    add(csv_reader);
    add(threshold_filter, {.configure = refuse_crossed_bounds});
    add(normalize);
    add(rolling_average);
    add(console, {.bind = [](void*, const ArrowSchema*, ArrowSchema*) { return penstock_status{PENSTOCK_OK}; }});
  }
  ~Bench() override { std::filesystem::remove_all(directory_); }

  /** Adds a type by its manifest; `create` and `destroy` count instances unless given. */
  void add(const std::string& manifest, plugin::MethodTable methods = {}, Diagnostics warnings = {}) {
    Diagnostics faults;
    const std::size_t begin = manifest.find("name:") + 5;
    const std::string name = manifest.substr(begin, manifest.find('\t', begin) - begin);
    auto read = plugin::parse_manifest(manifest, name, "test", faults);
    if (!read) {
      for (const auto& fault : faults) ADD_FAILURE() << diagnostic::render_text(fault);
      return;
    }
    if (methods.create == nullptr)
      methods.create = [](const penstock_host* host) -> void* {
        ++instances_;
        return new const penstock_host*(host);
      };
    if (methods.destroy == nullptr)
      methods.destroy = [](void* self) {
        --instances_;
        delete static_cast<const penstock_host**>(self);
      };
    methods_[read->name] = methods;
    catalog_.add({.manifest = std::move(*read), .library = "libtest.so", .warnings = std::move(warnings)});
  }

  /** The host that the default `create` was given. */
  static const penstock_host* host_of(void* self) { return *static_cast<const penstock_host**>(self); }

  bool compile(const std::string& text) {
    write(text);
    return compile();
  }
  bool compile() {
    found_ = {};
    plan_.reset();
    hosts_.emplace();
    request_.file = file();
    plan_ = pipeline::compile(request_, catalog_, *hosts_, found_, [this](auto types, Diagnostics&) {
      std::vector<plugin::LoadedType> loaded;
      for (const plugin::ExportedType* type : types) {
        loaded_.push_back(type->manifest.name);
        loaded.push_back({type, methods_.at(type->manifest.name)});
      }
      return loaded;
    });
    EXPECT_EQ(plan_.has_value(), !found_.has_errors()) << said();
    return plan_.has_value();
  }
  void write(const std::string& text) { std::ofstream(file(), std::ios::binary) << text; }

  [[nodiscard]] std::filesystem::path file() const { return directory_ / "p.yaml"; }

  /** All diagnostics as text, the test's directory left out. */
  [[nodiscard]] std::string said() const {
    std::string all;
    for (const auto& one : found_) all += diagnostic::render_text(one);
    const std::string prefix = directory_.string() + "/";
    for (std::size_t at; (at = all.find(prefix)) != std::string::npos;) all.erase(at, prefix.size());
    return all;
  }
  /** `PS0409` of each. */
  [[nodiscard]] std::vector<std::string> codes() const {
    std::vector<std::string> codes;
    for (const auto& one : found_) codes.emplace_back(diagnostic::name(one.code));
    return codes;
  }

  static penstock_status refuse_crossed_bounds(void* self, const penstock_value* values) {
    if (values[0].f64 <= values[1].f64) return PENSTOCK_OK;
    const penstock_host* host = host_of(self);
    return host->fail(host, PENSTOCK_REFUSED, 0, "must not be greater than `max`");
  }

  static inline const std::string csv_reader =
      "penstock:1\tname:csv_reader\tinterface:Source 1.0\tsdk:1.0\n"
      "method:create\tsignature:(host) -> instance\nmethod:destroy\tsignature:() -> nothing\n"
      "param:path\ttype:path\trequired:yes\texample:readings.csv\tdoc:the file to read\n"
      "param:unit\ttype:text\tdefault:\tdoc:the unit of every reading\n"
      "param:null\ttype:text\tlist:yes\tdefault:\tdoc:words for missing\n"
      "column:sensor_id\taccess:add\ttype:key\tdoc:the sensor\n"
      "column:timestamp\taccess:add\ttype:time\tdoc:when\n"
      "column:value\taccess:add\ttype:f64\tnull:yes\tdoc:the reading\n";
  static inline const std::string threshold_filter =
      "penstock:1\tname:threshold_filter\tinterface:Stage 1.0\tsdk:1.0\trows:fewer\tstate:none\n"
      "method:create\tsignature:(host) -> instance\nmethod:destroy\tsignature:() -> nothing\n"
      "param:min\ttype:f64\tdefault:-1e308\tunit:degC\treload:yes\tdoc:lowest value kept\n"
      "param:max\ttype:f64\tdefault:1e308\tmax:1e308\tunit:degC\treload:yes\tdoc:highest value kept\n"
      "column:value\taccess:read\ttype:f64\tnull:yes\tdoc:the reading\n";
  static inline const std::string normalize =
      "penstock:1\tname:normalize\tinterface:Stage 1.0\tsdk:1.0\trows:same\tstate:none\n"
      "method:create\tsignature:(host) -> instance\nmethod:destroy\tsignature:() -> nothing\n"
      "param:low\ttype:f64\tdefault:0\tdoc:reading that becomes 0\n"
      "param:high\ttype:f64\tdefault:1\tdoc:reading that becomes 1\n"
      "column:value\taccess:read\ttype:f64\tnull:yes\tdoc:the reading\n"
      "column:normalized\taccess:add\ttype:f64\tnull:yes\tdoc:from 0 to 1\n";
  static inline const std::string rolling_average =
      "penstock:1\tname:rolling_average\tinterface:Stage 1.0\tsdk:1.0\trows:same\tstate:keyed\tkey:sensor_id\n"
      "method:create\tsignature:(host) -> instance\nmethod:destroy\tsignature:() -> nothing\n"
      "param:window\ttype:u64\tdefault:20\tmin:1\tmax:1000000\treload:yes\tdoc:readings averaged\n"
      "column:sensor_id\taccess:read\ttype:key\tdoc:the sensor\n"
      "column:value\taccess:read\ttype:f64\tdoc:the reading\n"
      "column:rolling_avg\taccess:add\ttype:f64\tnull:yes\tdoc:the average\n";
  static inline const std::string console =
      "penstock:1\tname:console\tinterface:Sink 1.0\tsdk:1.0\n"
      "method:create\tsignature:(host) -> instance\nmethod:destroy\tsignature:() -> nothing\n"
      "method:bind\tsignature:(schema, schema) -> status\n"
      "column:*\taccess:read\n";

  static inline int instances_ = 0;

  std::filesystem::path directory_;
  plugin::Catalog catalog_;
  std::map<std::string, plugin::MethodTable> methods_;
  std::vector<std::string> loaded_;
  Request request_;
  std::optional<RememberingHosts> hosts_;
  Diagnostics found_;
  std::optional<Plan> plan_;  // destroyed before the hosts
};

}  // namespace penstock::pipeline
