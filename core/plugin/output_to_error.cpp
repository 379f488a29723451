#include "plugin/output_to_error.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

namespace penstock::plugin {

OutputToError::OutputToError() {
  std::fflush(nullptr);
  output_ = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (output_ >= 0) ::dup2(STDERR_FILENO, STDOUT_FILENO);
}

OutputToError::~OutputToError() {
  if (output_ < 0) return;
  std::fflush(nullptr);
  if (::fcntl(STDOUT_FILENO, F_GETFD) >= 0) ::dup2(output_, STDOUT_FILENO);
  ::close(output_);
}

}  // namespace penstock::plugin
