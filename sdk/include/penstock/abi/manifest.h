/** The manifest: what a type says about itself, as constant text in its library. The host reads it from the file,
 *  before anything is loaded, and refuses the type if anything below does not hold.
 *
 *  The text has lines of pairs `label:value`, separated by tabs; the first label is the kind of the line, its value the
 *  name of what the line declares:
 *
 *      penstock:1     name:rolling_average  interface:Stage 1.0  sdk:1.0  rows:same  state:keyed  key:sensor_id
 *      method:process signature:(batch) -> status
 *      param:window   type:u64  default:20  min:1  max:1000000  reload:yes  doc:readings averaged
 *      metric:late    type:u64  default:0  rising:yes  doc:readings after their window
 *      column:value   access:read  type:f64  null:yes  doc:the reading
 *
 *  Form:
 *
 *  - UTF-8 without control characters; at most 1 MiB (1,048,576 bytes), then NUL. There are no escapes.
 *  - Every line ends with a newline, the last one too. Empty lines are skipped.
 *  - A line has at most 64 pairs and each label once. A label is not empty; a value may be, and may hold colons.
 *  - Kinds and labels that the host does not know are ignored. A label that is a flag is `yes`, or `no` as without it.
 *  - An identifier is `[a-z][a-z0-9_]*`, at most 128 bytes: the names of types, parameters, metrics and columns. A name
 *    is declared once per kind, except that a column that is read or written and one that is added may share theirs.
 *  - Numbers are decimal; a real number is finite, and the double nearest to the text is the value. Durations are whole
 *    nanoseconds. A bool is `true` or `false`.
 *
 *  penstock: the head, first and once; its value is 1, the version of this format
 *
 *  | label         | says                                                                                            |
 *  | ------------- | ----------------------------------------------------------------------------------------------- |
 *  | name          | the id in the names of the two symbols; needed                                                  |
 *  | interface     | `Source`, `Stage` or `Sink`, a space, and its version `major.minor`; needed                     |
 *  | sdk           | the version of the boundary that it was built for; needed                                       |
 *  | class         | the qualified name of the C++ class                                                             |
 *  | rows          | of a stage only: `same` (the default); `fewer`, drops rows; `any`, passes on what it emits      |
 *  | state         | `serial` (the default), one instance; `keyed`, the rows of one key go to one instance in order; |
 *  |               | `none`, any split of the rows gives the same result                                             |
 *  | key           | with `state:keyed`, and needed then: the column of the key, one that comes, of a source one     |
 *  |               | that it adds                                                                                    |
 *  | deterministic | flag: the same input gives the same output                                                      |
 *  | ordered       | of a source only: the column that never falls, one that it adds                                 |
 *
 *  method: one line per row of the table of methods, in its order; at most 256
 *
 *  | label         | says                                                                                            |
 *  | ------------- | ----------------------------------------------------------------------------------------------- |
 *  | signature     | as abi/interface.h spells it; needed                                                            |
 *
 *  param: not named like a key that every node of a pipeline file has (type, name, inputs, columns, audit, retry,
 *  circuit_breaker, timeout, rate_limit, on_bad_row, rejects, flush_every, max_delay, workers)
 *
 *  | label         | says                                                                                            |
 *  | ------------- | ----------------------------------------------------------------------------------------------- |
 *  | type          | bool i64 u64 f64 text choice duration path; needed                                              |
 *  | required      | flag: the operator has to give it; a default is then ignored                                    |
 *  | default       | its value otherwise; needed, but of a list                                                      |
 *  | min, max      | bounds of a number or duration, themselves allowed; the default lies within                     |
 *  | unit          | of the value, as it is to be shown                                                              |
 *  | choices       | of a choice, `a|b|c`: words, none empty, none twice; the default is one of them                 |
 *  | list          | flag, of text only: any number of texts. The default `a|b|c` is three of them; an empty one, or |
 *  |               | none, is no text at all; the last text of a default cannot be empty                             |
 *  | reload        | flag: `configure` may change it while the pipeline runs                                         |
 *  | secret        | flag: its value is never shown or logged                                                        |
 *  | example       | a value that a test of the type can use                                                         |
 *  | doc           | what it is                                                                                      |
 *
 *  metric
 *
 *  | label         | says                                                                                            |
 *  | ------------- | ----------------------------------------------------------------------------------------------- |
 *  | type          | u64 i64 f64 bool; needed                                                                        |
 *  | default       | its value before the first assignment; 0 or false if there is none                              |
 *  | min, max      | bounds of a number, themselves allowed; the default lies within                                 |
 *  | rising        | flag: it never falls, but for a reset: an assignment of its default                             |
 *  | label, unit   | the name that people know it by, and the unit of its value                                      |
 *  | doc           | what it is                                                                                      |
 *
 *  column: in the order in which a batch has them (abi/batch.h)
 *
 *  | label         | says                                                                                            |
 *  | ------------- | ----------------------------------------------------------------------------------------------- |
 *  | access        | `read`; `write`, read and changed in place; `add`, new. A source only adds, a sink only reads,  |
 *  |               | a stage of `rows:any` does not write, and text and bytes are added by sources and stages of     |
 *  |               | `rows:any` only, written by none; needed                                                        |
 *  | type          | a type of abi/batch.h or the Arrow format of one; needed                                        |
 *  | null          | flag: it may have nulls. Rows that are null in a column without it are rejected before the call |
 *  | doc           | what it is                                                                                      |
 *
 *  `column:*` stands for every column that comes, whatever its name and type, nulls included. Its access is `read` (the
 *  default) or `write`; other labels of it are ignored. Such a type needs the method `bind`, by which it learns their
 *  names and types. Columns that it cannot do without have lines of their own beside it, and are looked for before that
 *  call.
 *
 *  A C author writes parameters, metrics and columns as lists, once, and gets the indices and the text from them:
 *
 *      #define PARAMS(P)  P(min, f64, 0, "\tunit:degC", "lowest value kept")     name, type, default, more labels, doc
 *      #define METRICS(M) M(dropped, u64, "", "records dropped")                 name, type, more labels, doc
 *      #define COLUMNS(C) C(value, read, f64, "", "the reading")                 name, access, type, more labels, doc
 *      PENSTOCK_INDEXES(PARAMS, METRICS, COLUMNS)                                PARAM_min METRIC_dropped COLUMN_value
 *
 *  The default is written without quotes, also of a text: P(mode, choice, fast, "\tchoices:fast|exact", "how"). Blanks
 *  between its words and signs stay: a formatter that makes `a | b` of the list `a|b` changes the texts. */
#ifndef PENSTOCK_ABI_MANIFEST_H
#define PENSTOCK_ABI_MANIFEST_H

#include <penstock/abi/version.h>

#define PENSTOCK_TEXT_OF_(tokens) #tokens
#define PENSTOCK_TEXT_(tokens) PENSTOCK_TEXT_OF_(tokens)

/* One entry of a list, as an enumerator and as a line of the manifest. */
#define PENSTOCK_PARAM_INDEX_(name, type, value, labels, doc) PARAM_##name,
#define PENSTOCK_METRIC_INDEX_(name, type, labels, doc) METRIC_##name,
#define PENSTOCK_COLUMN_INDEX_(name, access, type, labels, doc) COLUMN_##name,
#define PENSTOCK_PARAM_LINE_(name, type, value, labels, doc) \
  "param:" #name "\ttype:" #type "\tdefault:" PENSTOCK_TEXT_(value) labels "\tdoc:" doc "\n"
#define PENSTOCK_METRIC_LINE_(name, type, labels, doc) "metric:" #name "\ttype:" #type labels "\tdoc:" doc "\n"
#define PENSTOCK_COLUMN_LINE_(name, access, type, labels, doc) \
  "column:" #name "\taccess:" #access "\ttype:" #type labels "\tdoc:" doc "\n"

/** Defines PARAM_<name>, METRIC_<name> and COLUMN_<name>, counted from 0 in the order of the lists, and PARAM_COUNT,
 *  METRIC_COUNT and COLUMN_COUNT. A batch of host->allocate() has the added columns only, counted from 0: there
 *  COLUMN_<name> is too much by the number of columns before it that are not added. */
#define PENSTOCK_INDEXES(PARAMS, METRICS, COLUMNS)       \
  enum { PARAMS(PENSTOCK_PARAM_INDEX_) PARAM_COUNT };    \
  enum { METRICS(PENSTOCK_METRIC_INDEX_) METRIC_COUNT }; \
  enum { COLUMNS(PENSTOCK_COLUMN_INDEX_) COLUMN_COUNT };

#endif
