#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::cli {

/** `--set NODE.PARAM 10`, also `NODE.PARAM= 10` and `NODE.PARAM = 10`: a blank made two arguments of one. */
struct CutSetting {
  std::string name;     ///< `NODE.PARAM`
  std::string written;  ///< the whole setting for a shell: `NODE.PARAM=10`
};
[[nodiscard]] std::optional<CutSetting> find_cut_setting(const std::vector<std::string>& arguments);

/** `--plugins A B`: an option that may be repeated takes one value, and another one stands behind it. */
struct SecondValue {
  std::string value;    ///< the other one
  std::string written;  ///< both for a shell: `--plugins A --plugins B`
};

/** @param option    as it is written: `--plugins`
 *  @param leftover  what nothing took. It may be the pipeline, after the second value was taken for that. */
[[nodiscard]] std::optional<SecondValue> find_second_value(const std::vector<std::string>& arguments,
                                                           const std::string& option, const std::string& leftover);

/** Whether an argument looks like `NODE.PARAM=VALUE`. */
[[nodiscard]] bool is_setting(std::string_view argument);

/** The command that is mostly wanted of a file of this name, such as `run` of `plant.yaml`; empty: who knows. */
[[nodiscard]] std::string_view command_for(std::string_view file);

}  // namespace penstock::cli
