/** What a plugin may call. The words [in], [any], borrowed and given are those of abi/interface.h. */
#ifndef PENSTOCK_ABI_HOST_H
#define PENSTOCK_ABI_HOST_H

#include <penstock/abi/batch.h>
#include <penstock/abi/status.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct penstock_host penstock_host;

/** How much a line of `penstock_host.log` matters. */
enum { PENSTOCK_LOG_DEBUG = 0, PENSTOCK_LOG_INFO = 1, PENSTOCK_LOG_WARNING = 2, PENSTOCK_LOG_ERROR = 3 };

/** One per instance, and lives as long as it. No member is null. Each function takes the host itself first.
 *
 *  The last line of each comment says where it may be called, and since when it exists. */
struct penstock_host {
  /** sizeof(penstock_host) as the host knows it. Before a function newer than 1.0, check that it lies within. */
  uint32_t size;
  /** PENSTOCK_ABI_VERSION of the host. */
  uint32_t abi;
  /** Name of the node in the pipeline. Borrowed while the instance lives, never null. */
  const char* node;
  /** Which partition of the plan this instance works on, from 0. */
  uint32_t partition;
  /** How many partitions there are, from 1. */
  uint32_t partitions;

  /** Puts an assignment of an audited metric on the change log, also one of an equal value. The plugin stores the value
   *  itself, and keeps the metric's invariant itself. The host checks it once more when it writes the log: an accepted
   *  value that breaks it, or a `before` that is not the last value, is marked there as such, and the run goes on. Waits
   *  while the log is full: hold no lock that another call-back takes.
   *
   *  @param metric    index in the order of the manifest's `metric:` lines
   *  @param before    bits of the value until now: a double's as they are, an integer's widened to 64 bits
   *  @param after     bits of the value assigned
   *  @param accepted  1; 0 if it breaks the metric's invariant, and `before` stays
   *
   *  [any]  since 1.0 */
  void (*record)(const penstock_host* host, uint32_t metric, uint64_t before, uint64_t after, uint32_t accepted);

  /** Says why a call fails; the method then returns the status. Of several texts in one call the last counts.
   *
   *  @param status  an error of abi/status.h
   *  @param where   what is at fault: in `configure` the parameter, in `bind` the column, in `stream`, `process` and
   *                 `consume` the row; -1: nothing in particular
   *  @param text    what is wrong, UTF-8, of which 4096 bytes are kept; borrowed, never null
   *  @return        `status`, so that a method can end with `return host->fail(...)`
   *
   *  [in]  since 1.0 */
  penstock_status (*fail)(const penstock_host* host, penstock_status status, int64_t where, const char* text);

  /** Rejects one row, which then takes no further part. Void if the call at hand then fails. A row that is rejected
   *  twice counts once.
   *
   *  @param rejection  borrowed, never null
   *  @return           PENSTOCK_OK; PENSTOCK_STOP if the operator's policy ends the run here: return soon
   *
   *  [in], in stream, process and consume  since 1.0 */
  penstock_status (*reject)(const penstock_host* host, const penstock_rejection* rejection);

  /** Writes a line to the host's log; standard error is the host's. Rate-limited: what is too much is left out, and
   *  counted there.
   *
   *  @param level  PENSTOCK_LOG_DEBUG to PENSTOCK_LOG_ERROR
   *  @param text   one line, UTF-8, of which 4096 bytes are kept; borrowed, never null
   *
   *  [any]  since 1.0 */
  void (*log)(const penstock_host* host, int32_t level, const char* text);

  /** Asks for a call of `stream` (source) or `tick` (stage, sink) after at most this time. One alarm an instance: the
   *  earlier wins, several are one, and a call may come without need.
   *
   *  @param delay_ns  nanoseconds from now; 0 or less: at once
   *
   *  [any]  since 1.0 */
  void (*wake)(const penstock_host* host, int64_t delay_ns);

  /** Takes an empty batch with the columns that the type adds, to be filled and given to `emit`. Only for stages of
   *  `rows:any`: of another type the call at hand fails.
   *
   *  @param rows  room that is wanted; the batch may have more. 0: the usual
   *  @return      borrowed; goes back by `emit`, or when the call returns. NULL if there is no memory, or if `rows` is
   *               more than 1,048,576
   *
   *  [in], in process, tick and flush  since 1.0 */
  penstock_batch* (*allocate)(const penstock_host* host, int64_t rows);

  /** Passes a batch of `allocate` on. May run everything behind this node before it returns: hold no lock that another
   *  call-back takes. A batch without rows only tells its `holds`.
   *
   *  @param batch  from `allocate` in this call, with `rows` set; given, never null
   *  @return       PENSTOCK_OK; PENSTOCK_STOP: nothing more is wanted, return soon; or an error, which the method
   *                returns as it is
   *
   *  [in], in process, tick and flush  since 1.0 */
  penstock_status (*emit)(const penstock_host* host, penstock_batch* batch);

  /** The code of a key. One table for the whole run: the same text has the same code in every node, and it never
   *  changes. A key column holds codes that were given here or came in; any other ends the run.
   *
   *  @param text  UTF-8, need not end with NUL; borrowed, may be NULL if `size` is 0
   *  @param size  bytes of it
   *  @return      from 0; -1 if there are too many keys, or no memory for one more
   *
   *  [any]  since 1.0 */
  int32_t (*intern)(const penstock_host* host, const char* text, uint64_t size);

  /** How many threads the operator lets this instance keep busy at a time, that of the call at hand among them, from 1.
   *  With 1 it does all its work inside its methods.
   *
   *  since 1.0 */
  uint32_t threads;
};

#ifdef __cplusplus
}
#endif

#endif
