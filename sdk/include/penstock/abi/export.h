/** The two data symbols that make a type visible: `penstock_type_<id>`, its manifest, and `penstock_methods_<id>`, its
 *  methods. There is no entry point: nothing of a library runs until a pipeline asks for one of its types. */
#ifndef PENSTOCK_ABI_EXPORT_H
#define PENSTOCK_ABI_EXPORT_H

#include <penstock/abi/interface.h>
#include <penstock/abi/manifest.h>
#include <penstock/abi/type.h>
#include <penstock/abi/version.h>

#ifdef __cplusplus
#define PENSTOCK_EXTERN_C_ extern "C"
#else
#define PENSTOCK_EXTERN_C_
#endif

/** Put before the definition of a symbol that the host looks for. */
#ifdef _WIN32
#define PENSTOCK_EXPORT_SYMBOL __declspec(dllexport)
#else
#define PENSTOCK_EXPORT_SYMBOL __attribute__((visibility("default"), used))
#endif

/** One method of a type for PENSTOCK_TYPE: the name of the interface's method, and the function. */
#define PENSTOCK_METHOD(name, function) (name, function)

/* Walks `(name, function) (name, function) ...`: two macros that call each other in turn, because none expands within
 * itself. The last leaves its partner's name, which PENSTOCK_LIST_END_ pastes into an empty macro. */
#define PENSTOCK_ROW_(name, function) {#name, {.name = function}},
#define PENSTOCK_ROWS_1_(name, function) PENSTOCK_ROW_(name, function) PENSTOCK_ROWS_2_
#define PENSTOCK_ROWS_2_(name, function) PENSTOCK_ROW_(name, function) PENSTOCK_ROWS_1_
#define PENSTOCK_ROWS_1_END
#define PENSTOCK_ROWS_2_END
#define PENSTOCK_LINE_(name, function) "method:" #name "\tsignature:" PENSTOCK_SIGNATURE_##name "\n"
#define PENSTOCK_LINES_1_(name, function) PENSTOCK_LINE_(name, function) PENSTOCK_LINES_2_
#define PENSTOCK_LINES_2_(name, function) PENSTOCK_LINE_(name, function) PENSTOCK_LINES_1_
#define PENSTOCK_LINES_1_END
#define PENSTOCK_LINES_2_END
#define PENSTOCK_LIST_END_OF_(...) __VA_ARGS__##END
#define PENSTOCK_LIST_END_(...) PENSTOCK_LIST_END_OF_(__VA_ARGS__)

/** Exports a type that is written in C.
 *
 *  @param id          its name, an identifier as abi/manifest.h has them, one for the whole library
 *  @param interface   Source, Stage or Sink
 *  @param labels      further labels of the head line, each after a tab: "\trows:fewer\tstate:none"
 *  @param PARAMS, METRICS, COLUMNS  the lists of abi/manifest.h
 *  @param methods     PENSTOCK_METHOD(create, ...) PENSTOCK_METHOD(destroy, ...) ..., with nothing between them */
#define PENSTOCK_TYPE(id, interface, labels, PARAMS, METRICS, COLUMNS, methods)                       \
  PENSTOCK_EXTERN_C_ PENSTOCK_EXPORT_SYMBOL const char penstock_type_##id[] =                         \
      "penstock:1\tname:" #id "\tinterface:" #interface " " PENSTOCK_ABI_VERSION_TEXT                 \
      "\tsdk:" PENSTOCK_ABI_VERSION_TEXT labels "\n" PENSTOCK_LIST_END_(PENSTOCK_LINES_1_ methods)    \
          PARAMS(PENSTOCK_PARAM_LINE_) METRICS(PENSTOCK_METRIC_LINE_) COLUMNS(PENSTOCK_COLUMN_LINE_); \
  PENSTOCK_EXTERN_C_ PENSTOCK_EXPORT_SYMBOL const penstock_method penstock_methods_##id[] = {         \
      PENSTOCK_LIST_END_(PENSTOCK_ROWS_1_ methods){0, {0}}};

#endif
