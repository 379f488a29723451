// How a method says that it failed: it throws one of these. The class is the answer to "what now"; the host does the rest.
#pragma once
#include <penstock/abi.h>

#include <cstdint>
#include <stdexcept>
#include <string>

namespace penstock {
inline namespace v1 {

/// What all errors have. `where` is a parameter (in configure) or a row; -1: nowhere in particular.
class Error : public std::runtime_error {
 public:
  penstock_status status() const { return status_; }
  std::int64_t where() const { return where_; }

 protected:
  Error(penstock_status status, std::int64_t where, const std::string& text)
      : std::runtime_error(text), status_(status), where_(where) {}

 private:
  penstock_status status_;
  std::int64_t where_;
};

/// Permanent: another try would fail as well. So is every exception that is none of these classes.
struct Failed : Error {
  explicit Failed(const std::string& text, std::int64_t row = -1) : Error(PENSTOCK_FAILED, row, text) {}
};

/// Transient: nothing was taken or changed, and the same call may be made again.
struct Retry : Error {
  explicit Retry(const std::string& text) : Error(PENSTOCK_RETRY, -1, text) {}
};

/// Transient: everything since the last flush is gone; close, open, and give it again.
struct Lost : Error {
  explicit Lost(const std::string& text) : Error(PENSTOCK_LOST, -1, text) {}
};

template <class P>
concept parameter = requires(const P& param) {
  param.index();
  requires(P::kind == 'p');
};

/// Not acceptable as a whole: these parameters (name the one at fault), this schema, every row of this batch.
struct Refused : Error {
  explicit Refused(const std::string& text) : Error(PENSTOCK_REFUSED, -1, text) {}
  template <class P>
  requires parameter<P> Refused(const P& param, const std::string& text)
      : Error(PENSTOCK_REFUSED, param.index(), text) {}
};

/// A metric was assigned a value that breaks its invariant. The value was not taken, and the attempt is on the log.
struct InvariantBroken : std::logic_error {
  using std::logic_error::logic_error;
};

}  // namespace v1
}  // namespace penstock
