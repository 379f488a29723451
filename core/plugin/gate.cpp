#include "plugin/gate.hpp"

#include <algorithm>

#include "diagnostic/suggest.hpp"
#include "plugin/check.hpp"
#include "plugin/inspect.hpp"

namespace penstock::plugin {
namespace {

using diagnostic::Code;
using diagnostic::Diagnostic;

/** A type and what the check says of it. */
struct Judged {
  InspectedType type;
  Diagnostics verdict;
};

/** Takes the types out of `library`. */
std::vector<Judged> judge(InspectedLibrary& library) {
  std::vector<Judged> types;
  for (InspectedType& type : library.types) {
    Diagnostics verdict = check(type, library.path.string());
    types.push_back({std::move(type), std::move(verdict)});
  }
  return types;
}

/** An undefined symbol keeps the whole library from being loaded: its other types are refused because of the first that
 *  has one. */
void refuse_because_of(const InspectedType& cause, const std::string& file, std::vector<Judged>::iterator begin,
                       std::vector<Judged>::iterator end) {
  for (auto one = begin; one != end; ++one) {
    one->verdict.add({.code = Code::PS0209,
                      .summary = "type `" + one->type.name + "` is refused because its library cannot be loaded",
                      .place = {.file = file},
                      .notes = {"`" + cause.undefined.front() + "` of type `" + cause.name + "` is not defined"}});
  }
}

/** What else the library holds, so that nobody looks for faults where there are none. Empty if there is nothing to say. */
std::string fate_of_others(const std::vector<Judged>& types) {
  const auto accepted = static_cast<std::size_t>(
      std::count_if(types.begin(), types.end(), [](const Judged& one) { return !one.verdict.has_errors(); }));
  if (accepted == 0) return {};
  const std::size_t others = types.size() - 1;
  if (others == 1) return "the other type of this library is accepted";
  const std::string of = accepted == others ? "the other " + std::to_string(others)
                                            : std::to_string(accepted) + " of the other " + std::to_string(others);
  return of + " types of this library are accepted";
}

Diagnostics with_note(const Diagnostics& verdict, const std::string& note) {
  Diagnostics noted;
  for (std::size_t i = 0; i < verdict.size(); ++i) {
    Diagnostic one = verdict[i];
    if (i + 1 == verdict.size() && !note.empty()) one.notes.push_back(note);
    noted.add(std::move(one));
  }
  return noted;
}

/** The loader would not load it: one reason, and all its types are lost. */
void refuse_whole(const InspectedLibrary& library, Catalog& catalog) {
  std::vector<std::string> names;
  for (const InspectedType& type : library.types) names.push_back(type.name);
  const std::string note = names.size() == 1 ? "its type `" + names.front() + "` cannot be used"
                                             : "none of its types can be used: " + diagnostic::list_of(names, 4);
  catalog.refuse({{}, library.path, with_note(library.faults, note), library.built_for, std::move(names)});
}

void enter(InspectedLibrary library, Catalog& catalog) {
  if (library.faults.has_errors()) return refuse_whole(library, catalog);
  if (library.types.empty()) catalog.pass_by(library.path);
  std::vector<Judged> types = judge(library);
  const auto complete =
      std::stable_partition(types.begin(), types.end(), [](const Judged& one) { return !one.type.undefined.empty(); });
  if (complete != types.begin()) refuse_because_of(types.front().type, library.path.string(), complete, types.end());
  const std::string note = fate_of_others(types);
  for (Judged& one : types) {
    if (one.verdict.has_errors()) {
      catalog.refuse({one.type.name, library.path, with_note(one.verdict, note), library.built_for});
    } else {
      Diagnostics warnings = library.faults;
      warnings.add(one.verdict);
      catalog.add(
          {std::move(*one.type.manifest), library.path, std::move(warnings), library.identity, library.built_for});
    }
  }
}

}  // namespace

Catalog admit(const PluginPath& path, Diagnostics& found) {
  Catalog catalog;
  NeededLibraries libraries;
  for (const Candidate& file : discover(path, found)) {
    Diagnostics faults;
    if (auto library = inspect(file, libraries, faults)) {  // reads the file; runs none of it
      enter(std::move(*library), catalog);                  // loaded when a pipeline asks for it
    } else {
      catalog.refuse({{}, file.path, std::move(faults)});
    }
  }
  return catalog;
}

}  // namespace penstock::plugin
