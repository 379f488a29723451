#pragma once

#include <optional>
#include <string_view>

#include "pipeline/node.hpp"
#include "plugin/current_call.hpp"

namespace penstock::pipeline {

/** What `call`, a call of `method` of the plugin behind `node`, answers, and in `failure` what the plugin said through
 *  `fail`. An exception, which must not leave a plugin, is the answer `failed` with that as its reason. */
template <class Call, class Answer>
Answer call_plugin(const Node& node, std::string_view method, Call&& call, Answer failed, NodeHosts& hosts,
                   std::optional<Failure>& failure) {
  const penstock_host& host = *node.host;
  const plugin::CurrentCall here(node.description.name, *node.type, method, 0);
  try {
    const Answer answer = call();
    failure = hosts.take_failure(host);
    return answer;
  } catch (...) {
    (void)hosts.take_failure(host);
    failure = Failure{.text = "an exception left the plugin, which no plugin may let happen: report it to its author"};
    return failed;
  }
}

}  // namespace penstock::pipeline
