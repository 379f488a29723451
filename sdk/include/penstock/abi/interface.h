/** The interfaces Source, Stage and Sink, as lists of methods: the one place where they stand. The SDK's compile-time
 *  checks, the host's conformance check and its diagnostics are derived from these lists.
 *
 *  The words used on every function of the boundary:
 *
 *  | word     | says                                                                                                  |
 *  | -------- | ----------------------------------------------------------------------------------------------------- |
 *  | [method] | called by the host, one at a time per instance, each after the one before has returned; not always on |
 *  |          | the same thread                                                                                       |
 *  | [in]     | a host function that may be called only inside a method, on that method's thread                      |
 *  | [any]    | a host function that any thread may call while the instance lives                                     |
 *  | borrowed | belongs to the caller, is valid until the call returns, and is not to be freed                        |
 *  | given    | belongs to the called from now on                                                                     |
 *
 *  Text is UTF-8 and ends with NUL, unless a size stands beside it. No exception leaves a function.
 *
 *  The order of life:
 *
 *      create, configure, bind, (seek), open,
 *        { stream | process | consume, tick, acknowledge, configure, flush of a sink }*,
 *        flush, close,
 *      (seek, open, ... close)*, destroy
 *
 *  Validating a pipeline calls create, configure, bind and destroy: they open nothing and change nothing outside.
 *
 *  The statuses that a method may answer are those of abi/status.h. Each method lists the ones that have a meaning of
 *  their own; PENSTOCK_FAILED is open to all. An error is preceded by `host->fail`, which says why. */
#ifndef PENSTOCK_ABI_INTERFACE_H
#define PENSTOCK_ABI_INTERFACE_H

#include <penstock/abi/status.h>
#include <stdint.h>

/* The signatures as the manifest's `method:` lines spell them. */
#define PENSTOCK_SIGNATURE_create "(host) -> instance"
#define PENSTOCK_SIGNATURE_destroy "() -> nothing"
#define PENSTOCK_SIGNATURE_configure "(values) -> status"
#define PENSTOCK_SIGNATURE_bind "(schema, schema) -> status"
#define PENSTOCK_SIGNATURE_open "() -> status"
#define PENSTOCK_SIGNATURE_close "() -> status"
#define PENSTOCK_SIGNATURE_tick "(time) -> status"
#define PENSTOCK_SIGNATURE_stream "(batch) -> status"
#define PENSTOCK_SIGNATURE_seek "(position) -> status"
#define PENSTOCK_SIGNATURE_acknowledge "(position) -> status"
#define PENSTOCK_SIGNATURE_process "(batch) -> status"
#define PENSTOCK_SIGNATURE_consume "(batch) -> status"
#define PENSTOCK_SIGNATURE_flush "() -> status"

/* Each row of a list stands below its documentation. */
/* clang-format off */

/** Methods of every interface, as M(name, result, arguments, need, since, signature). */
#define PENSTOCK_SHARED_METHODS(M) \
\
  /** Makes an instance; opens nothing. Its parameters have their defaults until `configure`.
   *
   *  @param host  borrowed while the instance lives, never null
   *  @return      the instance, given to the host until `destroy`; NULL after host->fail()
   *
   *  [method]  required, since 1.0 */ \
  M(create, void*, (const penstock_host* host), REQUIRED, 1, PENSTOCK_SIGNATURE_create) \
\
  /** Frees the instance.
   *
   *  @param self  given: called exactly once, after `close` if it was opened
   *
   *  [method]  required, since 1.0 */ \
  M(destroy, void, (void* self), REQUIRED, 1, PENSTOCK_SIGNATURE_destroy) \
\
  /** Takes all parameters at once, all or nothing: after an error the old ones stand. Called at the start, and between
   *  two batches when the operator reloads parameters that say `reload:yes`.
   *
   *  @param values  one per `param:` line, in their order; borrowed with all texts in it (copy them), never null
   *  @return        OK; REFUSED after host->fail(index of the parameter)
   *
   *  [method]  required of a type with parameters, since 1.0 */ \
  M(configure, penstock_status, (void* self, const penstock_value* values), OPTIONAL, 1, PENSTOCK_SIGNATURE_configure) \
\
  /** Learns the columns that come, or says those that it adds, where they are known only at run time (a CSV header, a
   *  table). It may look outside and changes nothing there.
   *
   *  @param in   a struct schema: the columns that come, under the plugin's names, in the order that abi/batch.h tells.
   *              Borrowed; NULL in a source
   *  @param out  to be filled with a struct schema, given to the host: the columns that are added, in the place of all
   *              `add` columns of the manifest. Left as it is (`release` NULL): the manifest's stand. NULL in a sink
   *  @return     OK; REFUSED after host->fail(index of the column: of its `column:` line, with `column:*` of its place
   *              in `in`)
   *
   *  [method]  optional, since 1.0 */ \
  M(bind, penstock_status, (void* self, const struct ArrowSchema* in, struct ArrowSchema* out), \
    OPTIONAL, 1, PENSTOCK_SIGNATURE_bind) \
\
  /** Acquires what the work needs.
   *
   *  @return  OK; RETRY
   *
   *  [method]  optional, since 1.0 */ \
  M(open, penstock_status, (void* self), OPTIONAL, 1, PENSTOCK_SIGNATURE_open) \
\
  /** Gives back what `open` acquired; called once after every `open` that succeeded, also after errors.
   *
   *  @return  OK
   *
   *  [method]  optional, since 1.0 */ \
  M(close, penstock_status, (void* self), OPTIONAL, 1, PENSTOCK_SIGNATURE_close) \
\
  /** The alarm that host->wake() set, of a stage or a sink (that of a source calls `stream`); may come without need.
   *
   *  @param now_ns  nanoseconds of the steady clock
   *  @return        OK; END if it wants no more; RETRY
   *
   *  [method]  optional, since 1.0 */ \
  M(tick, penstock_status, (void* self, int64_t now_ns), OPTIONAL, 1, PENSTOCK_SIGNATURE_tick)

/** Methods of a source. */
#define PENSTOCK_SOURCE_METHODS(M) \
\
  /** Hands out what there is, and never blocks: with nothing to give it sets `wait_ns` and returns.
   *
   *  @param batch  empty, to be filled; set `rows`, and `position` if it can be read again. Borrowed, never null
   *  @return       OK; END with the last rows, if any, and to every call after it; RETRY; LOST
   *
   *  [method]  required, since 1.0 */ \
  M(stream, penstock_status, (void* self, penstock_batch* batch), REQUIRED, 1, PENSTOCK_SIGNATURE_stream) \
\
  /** Makes the next `open` start after this position. Having it declares that the source can be read again: when a stop
   *  is asked for, it is left where it stands, and not called until END as others are.
   *
   *  @param position  as it gave one out earlier; borrowed, never null
   *  @return          OK; REFUSED
   *
   *  [method], before `open`  optional, since 1.0 */ \
  M(seek, penstock_status, (void* self, const char* position), OPTIONAL, 1, PENSTOCK_SIGNATURE_seek) \
\
  /** Says that every sink has flushed everything up to this position.
   *
   *  @param position  the last one of which that is true, each once, rising; borrowed, never null
   *  @return          OK; RETRY; LOST
   *
   *  [method], also after END  optional, since 1.0 */ \
  M(acknowledge, penstock_status, (void* self, const char* position), OPTIONAL, 1, PENSTOCK_SIGNATURE_acknowledge)

/** The method of a stage. */
#define PENSTOCK_STAGE_METHODS(M) \
\
  /** Handles one batch.
   *
   *  `add` columns are to be filled, `write` columns may be changed in place, `read` columns may not. With
   *  `rows:fewer`, a bit of `keep` that is cleared drops its row; rows do not move before the call returns. With
   *  `rows:any`, what is given to host->emit() goes on, and nothing else.
   *
   *  @param batch  borrowed, never null
   *  @return       OK; END if it wants no more: this batch counts as with OK; RETRY if nothing was taken, changed or
   *                emitted, and `keep` is then set again; REFUSED, FAILED after host->fail(row)
   *
   *  [method]  required, since 1.0 */ \
  M(process, penstock_status, (void* self, penstock_batch* batch), REQUIRED, 1, PENSTOCK_SIGNATURE_process)

/** The method of a sink. */
#define PENSTOCK_SINK_METHODS(M) \
\
  /** Takes one batch, whole or not at all. Its rows count as delivered when `flush` has answered OK.
   *
   *  @param batch  read-only; borrowed, never null
   *  @return       OK; END if it wants no more: nothing of this batch counts as delivered, its rejections are void, and
   *                all its rows are unacknowledged, because nobody knows which of them arrived; RETRY if nothing was
   *                taken; LOST if all since the last flush is gone; REFUSED, FAILED after host->fail(row)
   *
   *  [method]  required, since 1.0 */ \
  M(consume, penstock_status, (void* self, penstock_batch* batch), REQUIRED, 1, PENSTOCK_SIGNATURE_consume)

/** A method of stages and sinks. */
#define PENSTOCK_FLUSH_METHODS(M) \
\
  /** A stage emits all that it holds, at the end of the data. A sink makes all durable that it consumed, whenever the
   *  operator's `flush_every` says so, and at the end. Also called after END, for what was consumed before it.
   *
   *  @return  OK, and nothing else makes a sink's rows delivered; RETRY; LOST of a sink
   *
   *  [method]  optional, since 1.0 */ \
  M(flush, penstock_status, (void* self), OPTIONAL, 1, PENSTOCK_SIGNATURE_flush)

/** Every method, each once. */
#define PENSTOCK_ALL_METHODS(M) \
  PENSTOCK_SHARED_METHODS(M) \
  PENSTOCK_SOURCE_METHODS(M) \
  PENSTOCK_STAGE_METHODS(M) \
  PENSTOCK_SINK_METHODS(M) \
  PENSTOCK_FLUSH_METHODS(M)

/* clang-format on */

/* The place of a method among all of them. */
#define PENSTOCK_PLACE_OF_(method, result, arguments, need, since, signature) PENSTOCK_PLACE_##method,
enum { PENSTOCK_ALL_METHODS(PENSTOCK_PLACE_OF_) PENSTOCK_PLACES };
#undef PENSTOCK_PLACE_OF_

/* The functions as C declares them, for messages. The tests compare them with the lists. */
#define PENSTOCK_DECLARATION_create "void* create(const penstock_host* host)"
#define PENSTOCK_DECLARATION_destroy "void destroy(void* self)"
#define PENSTOCK_DECLARATION_configure "penstock_status configure(void* self, const penstock_value* values)"
#define PENSTOCK_DECLARATION_bind "penstock_status bind(void* self, const struct ArrowSchema* in, struct ArrowSchema* out)"
#define PENSTOCK_DECLARATION_open "penstock_status open(void* self)"
#define PENSTOCK_DECLARATION_close "penstock_status close(void* self)"
#define PENSTOCK_DECLARATION_tick "penstock_status tick(void* self, int64_t now_ns)"
#define PENSTOCK_DECLARATION_stream "penstock_status stream(void* self, penstock_batch* batch)"
#define PENSTOCK_DECLARATION_seek "penstock_status seek(void* self, const char* position)"
#define PENSTOCK_DECLARATION_acknowledge "penstock_status acknowledge(void* self, const char* position)"
#define PENSTOCK_DECLARATION_process "penstock_status process(void* self, penstock_batch* batch)"
#define PENSTOCK_DECLARATION_consume "penstock_status consume(void* self, penstock_batch* batch)"
#define PENSTOCK_DECLARATION_flush "penstock_status flush(void* self)"

/* The names once more, for the preprocessor, which cannot search the lists: a comma marks each method, and each method of
 * an interface. The tests compare the two. */
#define PENSTOCK_IS_METHOD_create ,
#define PENSTOCK_IS_METHOD_destroy ,
#define PENSTOCK_IS_METHOD_configure ,
#define PENSTOCK_IS_METHOD_bind ,
#define PENSTOCK_IS_METHOD_open ,
#define PENSTOCK_IS_METHOD_close ,
#define PENSTOCK_IS_METHOD_tick ,
#define PENSTOCK_IS_METHOD_stream ,
#define PENSTOCK_IS_METHOD_seek ,
#define PENSTOCK_IS_METHOD_acknowledge ,
#define PENSTOCK_IS_METHOD_process ,
#define PENSTOCK_IS_METHOD_consume ,
#define PENSTOCK_IS_METHOD_flush ,
#define PENSTOCK_IS_METHOD_OF_Source_create ,
#define PENSTOCK_IS_METHOD_OF_Source_destroy ,
#define PENSTOCK_IS_METHOD_OF_Source_configure ,
#define PENSTOCK_IS_METHOD_OF_Source_bind ,
#define PENSTOCK_IS_METHOD_OF_Source_open ,
#define PENSTOCK_IS_METHOD_OF_Source_close ,
#define PENSTOCK_IS_METHOD_OF_Source_stream ,
#define PENSTOCK_IS_METHOD_OF_Source_seek ,
#define PENSTOCK_IS_METHOD_OF_Source_acknowledge ,
#define PENSTOCK_IS_METHOD_OF_Stage_create ,
#define PENSTOCK_IS_METHOD_OF_Stage_destroy ,
#define PENSTOCK_IS_METHOD_OF_Stage_configure ,
#define PENSTOCK_IS_METHOD_OF_Stage_bind ,
#define PENSTOCK_IS_METHOD_OF_Stage_open ,
#define PENSTOCK_IS_METHOD_OF_Stage_close ,
#define PENSTOCK_IS_METHOD_OF_Stage_tick ,
#define PENSTOCK_IS_METHOD_OF_Stage_process ,
#define PENSTOCK_IS_METHOD_OF_Stage_flush ,
#define PENSTOCK_IS_METHOD_OF_Sink_create ,
#define PENSTOCK_IS_METHOD_OF_Sink_destroy ,
#define PENSTOCK_IS_METHOD_OF_Sink_configure ,
#define PENSTOCK_IS_METHOD_OF_Sink_bind ,
#define PENSTOCK_IS_METHOD_OF_Sink_open ,
#define PENSTOCK_IS_METHOD_OF_Sink_close ,
#define PENSTOCK_IS_METHOD_OF_Sink_tick ,
#define PENSTOCK_IS_METHOD_OF_Sink_consume ,
#define PENSTOCK_IS_METHOD_OF_Sink_flush ,
#define PENSTOCK_METHODS_OF_Source "create destroy configure bind open close stream seek acknowledge"
#define PENSTOCK_METHODS_OF_Stage "create destroy configure bind open close tick process flush"
#define PENSTOCK_METHODS_OF_Sink "create destroy configure bind open close tick consume flush"

#endif
