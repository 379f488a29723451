#pragma once

namespace penstock::plugin {

/** While it lives, what this process writes to standard output goes to standard error: rows of the host are not mixed with
 *  the words of a library that is being loaded. Does nothing where the system has no descriptor left for it; a standard
 *  output that was closed meanwhile stays closed, as whoever closed it is told. */
class OutputToError {
 public:
  OutputToError();
  ~OutputToError();
  OutputToError(const OutputToError&) = delete;
  OutputToError& operator=(const OutputToError&) = delete;

 private:
  int output_;  ///< where it goes else; -1: nothing was diverted
};

}  // namespace penstock::plugin
