#pragma once

#include <optional>

#include "pipeline/plan.hpp"

namespace penstock::pipeline {

/** What `call`, a call into the plugin behind `host`, answers, and in `failure` what the plugin said through `fail`. An
 *  exception, which must not leave a plugin, is the answer `failed` with that as its reason. */
template <class Call, class Answer>
Answer call_plugin(Call&& call, Answer failed, NodeHosts& hosts, const penstock_host& host,
                   std::optional<Failure>& failure) {
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
