/** What a call answers. An error is a class here; its text and its place are given with `penstock_host.fail`. */
#ifndef PENSTOCK_ABI_STATUS_H
#define PENSTOCK_ABI_STATUS_H

#include <stdint.h>

typedef int32_t penstock_status;

enum {
  /** Done. */
  PENSTOCK_OK = 0,
  /** From a source: there is no more. From a stage or sink: it wants no more; the run ends quietly, and no batch comes
   *  to it again. */
  PENSTOCK_END = 1,
  /** From the host (`reject`, `emit`): return soon, with whatever status is true. A method may also answer it, in the
   *  call in which it was told so, where it means OK. */
  PENSTOCK_STOP = 2,

  /** Permanent. So is every status that is not listed here. */
  PENSTOCK_FAILED = -1,
  /** Transient: nothing was taken, changed or emitted. The same call is made again, a few times, then the run ends. */
  PENSTOCK_RETRY = -2,
  /** Transient: everything since the last flush is gone. A host may then call, on a sink, close and open, and give it
   *  again; on a source, close, seek and open. One that does not ends the run; the host of 1.0 is of that kind. */
  PENSTOCK_LOST = -3,
  /** This input as a whole is not acceptable: these parameters, this schema, every row of this batch. */
  PENSTOCK_REFUSED = -4
};

#endif
