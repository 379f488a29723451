#include "plugin/needed.hpp"

#include <algorithm>
#include <deque>
#include <set>
#include <utility>

#include "plugin/file_source.hpp"
#include "plugin/loaded_code.hpp"

namespace penstock::plugin {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_libraries = 1000, most_explained = 8;

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

}  // namespace

NeededLibraries::NeededLibraries() : loaded_(loaded_libraries()) {}

NeededLibraries::Known* NeededLibraries::read(const fs::path& path) {
  if (const auto entry = known_.find(path); entry != known_.end()) return entry->second.get();
  int reason = 0;
  const auto source = FileSource::open(path, reason);
  is_blind_ = is_blind_ || is_want_of_means(reason);
  if (!source) return nullptr;
  Diagnostics why;
  auto known = std::make_unique<Known>(Known{.path = path, .linkage = read_linkage(*source, path.string(), why)});
  known->other_machine = std::ranges::any_of(why, [](const auto& one) { return one.code == diagnostic::Code::PS0107; });
  return known_.emplace(path, std::move(known)).first->second.get();
}

NeededLibraries::Known* NeededLibraries::search(const std::string& name, const User& user) {
  for (const fs::path& file : search_.candidates(name, *user.dependencies, *user.path, user.rpath))
    if (Known* const known = read(file); known != nullptr && !known->other_machine) return known;
  return nullptr;
}

NeededLibraries::Known* NeededLibraries::find(const std::string& name, const User& user) {
  const auto loaded = loaded_.find(name);
  if (loaded == loaded_.end() && !user.looks_where_all_look()) return search(name, user);
  if (const auto entry = by_name_.find(name); entry != by_name_.end()) return entry->second;
  Known* known = loaded == loaded_.end() ? nullptr : read(loaded->second);
  if (known == nullptr) known = search(name, user);
  if (is_blind_) return nullptr;
  return by_name_.emplace(name, known).first->second;
}

const ExportedSymbols& NeededLibraries::symbols_of(Known& known) {
  if (!known.symbols) {
    Diagnostics unheard;
    const auto source = FileSource::open(known.path, unheard);
    known.symbols = source ? exported_symbols(*source) : std::nullopt;
  }
  return *known.symbols;
}

void NeededLibraries::compare_versions(const User& user, const Found& found, Unmet& unmet) {
  for (const auto& [name, version] : user.dependencies->versions) {
    const auto provider = found.find(name);
    if (provider == found.end() || provider->second == nullptr || !provider->second->linkage) continue;
    const std::vector<std::string>& versions = provider->second->linkage->versions;
    if (versions.empty() || std::ranges::binary_search(versions, version)) continue;
    const std::string newest = newest_of_family(versions, version);
    unmet.versions.push_back(
        {version, provider->second->path, *user.path, newest, newest.empty() || is_older(newest, version)});
  }
}

Unmet NeededLibraries::unmet(const fs::path& library, const Dependencies& dependencies,
                             std::vector<std::string> symbols) {
  is_blind_ = false;
  Unmet unmet;
  std::deque<User> users{{&library, &dependencies, LoaderSearch::rpath(dependencies, library, {})}};
  Found found, by_soname;  // the loader takes what it has loaded already, whatever its file is called
  bool holds_for_all = true;
  for (std::size_t next = 0; next < users.size() && found.size() < most_libraries; ++next) {
    const User& user = users[next];
    for (const std::string& needed : user.dependencies->needed) {
      if (found.size() >= most_libraries) break;
      const auto [entry, is_new] = found.try_emplace(needed);
      if (!is_new) continue;
      if (const auto loaded = by_soname.find(needed); loaded != by_soname.end()) {
        entry->second = loaded->second;
        continue;
      }
      Known* const known = entry->second = needed == dependencies.soname ? read(library) : find(needed, user);
      if (is_blind_ || (known == nullptr && !search_.knows_the_system())) return {};
      if (known == nullptr || !known->linkage) {
        unmet.libraries.push_back({.name = needed,
                                   .needed_by = *user.path,
                                   .looked_in = unmet.libraries.size() < most_explained
                                                    ? search_.places(*user.dependencies, *user.path, user.rpath)
                                                    : "",
                                   .broken = known == nullptr ? fs::path() : known->path});
        continue;
      }
      const Dependencies& further = known->linkage->dependencies;
      if (!further.soname.empty() && further.soname != needed) {
        by_soname.try_emplace(further.soname, known);
        holds_for_all = false;  // of those that are loaded with it
      }
      if (!known->is_met || !symbols.empty())
        users.push_back({&known->path, &further, LoaderSearch::rpath(further, known->path, user.rpath)});
    }
    compare_versions(user, found, unmet);
  }
  if (!unmet.libraries.empty() || found.size() >= most_libraries) return unmet;
  // What is met wherever it is needed from need not be looked at again: most plugins need the same few libraries.
  holds_for_all = holds_for_all && std::ranges::all_of(users, &User::looks_where_all_look);
  for (const auto& [name, provider] : found)
    provider->is_met = provider->is_met || (holds_for_all && unmet.versions.empty());
  for (const auto& [name, provider] : found) {
    if (symbols.empty()) break;
    const ExportedSymbols& defined = symbols_of(*provider);
    if (!defined) return unmet;  // it might define them all
    std::erase_if(symbols, [&](const std::string& symbol) { return defined->contains(symbol); });
  }
  std::erase_if(symbols, [](const std::string& symbol) { return is_defined_in_process(symbol); });
  unmet.symbols = std::move(symbols);
  return unmet;
}

}  // namespace penstock::plugin
