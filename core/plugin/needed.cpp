#include "plugin/needed.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "plugin/file_source.hpp"
#include "plugin/loaded_code.hpp"

namespace penstock::plugin {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_libraries = 1000;

/** `GLIBC_2.34` -> `GLIBC_` and `2.34`: versions of one family are numbered. */
std::string_view family_of(std::string_view version) { return version.substr(0, version.find_first_of("0123456789")); }

/** 2.9 before 2.34, which letters would not say. */
bool is_older(std::string_view one, std::string_view other) {
  const auto number = [](std::string_view& rest) {
    const std::size_t begin = std::min(rest.find_first_of("0123456789"), rest.size());
    rest.remove_prefix(begin);
    const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    unsigned value = 0;
    for (const char digit : rest.substr(0, std::min<std::size_t>(digits, 9)))
      value = value * 10 + static_cast<unsigned>(digit - '0');
    rest.remove_prefix(digits);
    return value;
  };
  while (!one.empty() || !other.empty()) {
    const unsigned left = number(one), right = number(other);
    if (left != right) return left < right;
  }
  return false;
}

std::string newest_of_family(const std::vector<std::string>& versions, std::string_view wanted) {
  std::string newest;
  for (const std::string& version : versions)
    if (family_of(version) == family_of(wanted) && (newest.empty() || is_older(newest, version))) newest = version;
  return newest;
}

/** A library whose needs are to be looked at. */
struct Waiting {
  fs::path path;
  Dependencies dependencies;
  SearchPath rpath;
};

}  // namespace

NeededLibraries::NeededLibraries() : loaded_(loaded_libraries()) {}

NeededLibraries::Known* NeededLibraries::read(const fs::path& path) {
  const auto [entry, is_new] = known_.try_emplace(path);
  if (!is_new) return entry->second.get();
  Diagnostics why;
  const auto source = FileSource::open(path, why);
  if (!source) return nullptr;
  auto known = std::make_unique<Known>();
  known->linkage = read_linkage(*source, path.string(), why);
  known->other_machine = std::ranges::any_of(why, [](const auto& one) { return one.code == diagnostic::Code::PS0107; });
  return (entry->second = std::move(known)).get();
}

const std::unordered_set<std::string>& NeededLibraries::symbols_of(const fs::path& path, Known& known) {
  if (!known.symbols) {
    Diagnostics unheard;
    const auto source = FileSource::open(path, unheard);
    known.symbols = source ? exported_symbols(*source) : std::unordered_set<std::string>{};
  }
  return *known.symbols;
}

Unmet NeededLibraries::unmet(const fs::path& library, const Dependencies& dependencies,
                             std::vector<std::string> symbols) {
  Unmet unmet;
  std::vector<Waiting> waiting{{library, dependencies, LoaderSearch::rpath(dependencies, library, {})}};
  std::map<std::string, std::pair<fs::path, Known*>> found;  // by the name under which it is needed
  for (std::size_t next = 0; next < waiting.size() && found.size() < most_libraries; ++next) {
    const Waiting user = waiting[next];
    for (const std::string& needed : user.dependencies.needed) {
      if (found.contains(needed)) continue;
      auto files = search_.candidates(needed, user.dependencies, user.path, user.rpath);
      if (const auto loaded = loaded_.find(needed); loaded != loaded_.end())
        files.insert(files.begin(), loaded->second);
      auto& [path, known] = found[needed];
      for (const fs::path& file : files) {
        Known* const candidate = read(file);
        if (candidate == nullptr || candidate->other_machine) continue;
        path = file;
        known = candidate;
        break;
      }
      if (known == nullptr || !known->linkage) {
        unmet.libraries.push_back({.name = needed,
                                   .needed_by = user.path,
                                   .looked_in = search_.places(user.dependencies, user.path, user.rpath),
                                   .broken = path});
      } else {
        const Dependencies& further = known->linkage->dependencies;
        waiting.push_back({path, further, LoaderSearch::rpath(further, path, user.rpath)});
      }
    }
    for (const auto& [name, version] : user.dependencies.versions) {
      const auto provider = found.find(name);
      if (provider == found.end() || provider->second.second == nullptr) continue;
      const auto& linkage = provider->second.second->linkage;
      if (!linkage || linkage->versions.empty() || std::ranges::count(linkage->versions, version) > 0) continue;
      const std::string newest = newest_of_family(linkage->versions, version);
      unmet.versions.push_back(
          {version, provider->second.first, user.path, newest, newest.empty() || is_older(newest, version)});
    }
  }
  if (!unmet.libraries.empty() || found.size() >= most_libraries) return unmet;
  for (const auto& [name, provider] : found) {
    if (symbols.empty()) break;
    const auto& defined = symbols_of(provider.first, *provider.second);
    std::erase_if(symbols, [&](const std::string& symbol) { return defined.contains(symbol); });
  }
  std::erase_if(symbols, [](const std::string& symbol) { return is_defined_in_process(symbol); });
  unmet.symbols = std::move(symbols);
  return unmet;
}

}  // namespace penstock::plugin
