#include "plugin/output_to_error.hpp"

#include <io.h>

#include <cstdio>

namespace penstock::plugin {

OutputToError::OutputToError() {
  std::fflush(nullptr);
  output_ = ::_dup(1);
  if (output_ >= 0) ::_dup2(2, 1);
}

OutputToError::~OutputToError() {
  if (output_ < 0) return;
  std::fflush(nullptr);
  ::_dup2(output_, 1);
  ::_close(output_);
}

}  // namespace penstock::plugin
