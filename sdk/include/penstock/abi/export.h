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
#define PENSTOCK_LIST_END_OF_(...) __VA_ARGS__##END
#define PENSTOCK_LIST_WALK_(...) PENSTOCK_LIST_END_OF_(__VA_ARGS__)
#define PENSTOCK_LIST_END_(...) PENSTOCK_LIST_WALK_(__VA_ARGS__)

/* PENSTOCK_CHOOSE_(mark, then, otherwise, ): `then` if the mark is a comma, which moves it to the place that is taken. */
#define PENSTOCK_THIRD_(first, second, third, ...) third
#define PENSTOCK_CHOOSE_(...) PENSTOCK_THIRD_(__VA_ARGS__)
#define PENSTOCK_IF_METHOD_(name, then, otherwise) PENSTOCK_CHOOSE_(PENSTOCK_IS_METHOD_##name, then, otherwise, )

/* The rows of the table. A function of the wrong type, or of no method, leaves its row empty: PENSTOCK_CHECK_ tells. */
#ifdef __cplusplus
#define PENSTOCK_FITS_(name, function) 1
#define PENSTOCK_CHECKED_(name, function) function
#else
#define PENSTOCK_FITS_(name, function) _Generic((function), penstock_##name##_function : 1, default : 0)
#define PENSTOCK_CHECKED_(name, function) _Generic((function), penstock_##name##_function : (function), default : 0)
#endif
#define PENSTOCK_FITS_NOTHING_(name, function) 1
#define PENSTOCK_ROW_(name, function) {#name, {.name = PENSTOCK_CHECKED_(name, function)}},
#define PENSTOCK_NO_ROW_(name, function) {0, {0}},
#define PENSTOCK_ROWS_1_(name, function) \
  PENSTOCK_IF_METHOD_(name, PENSTOCK_ROW_, PENSTOCK_NO_ROW_)(name, function) PENSTOCK_ROWS_2_
#define PENSTOCK_ROWS_2_(name, function) \
  PENSTOCK_IF_METHOD_(name, PENSTOCK_ROW_, PENSTOCK_NO_ROW_)(name, function) PENSTOCK_ROWS_1_
#define PENSTOCK_ROWS_1_END
#define PENSTOCK_ROWS_2_END

/* The lines of the manifest. */
#define PENSTOCK_LINE_(name) "method:" #name "\tsignature:" PENSTOCK_SIGNATURE_##name "\n"
#define PENSTOCK_NO_LINE_(name) ""
#define PENSTOCK_LINES_1_(name, function) \
  PENSTOCK_IF_METHOD_(name, PENSTOCK_LINE_, PENSTOCK_NO_LINE_)(name) PENSTOCK_LINES_2_
#define PENSTOCK_LINES_2_(name, function) \
  PENSTOCK_IF_METHOD_(name, PENSTOCK_LINE_, PENSTOCK_NO_LINE_)(name) PENSTOCK_LINES_1_
#define PENSTOCK_LINES_1_END
#define PENSTOCK_LINES_2_END

/* A bit for each method that the list has. A name of no method has all: what was meant by it is not missed as well. */
#define PENSTOCK_BIT_(name) | 1 << PENSTOCK_PLACE_##name
#define PENSTOCK_ALL_BITS_(name) | ~0
#define PENSTOCK_BITS_1_(name, function) \
  PENSTOCK_IF_METHOD_(name, PENSTOCK_BIT_, PENSTOCK_ALL_BITS_)(name) PENSTOCK_BITS_2_
#define PENSTOCK_BITS_2_(name, function) \
  PENSTOCK_IF_METHOD_(name, PENSTOCK_BIT_, PENSTOCK_ALL_BITS_)(name) PENSTOCK_BITS_1_
#define PENSTOCK_BITS_1_END
#define PENSTOCK_BITS_2_END
#define PENSTOCK_ONE_(...) +1

/* A list with commas in it is told alone: of its methods only the first is seen, and none is missed. */
#define PENSTOCK_FIRST_OF_(first, ...) first
#define PENSTOCK_FIRST_(...) PENSTOCK_FIRST_OF_(__VA_ARGS__, )
#define PENSTOCK_SEVENTEENTH_(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, ...) q
#define PENSTOCK_HAS_COMMA_(...) PENSTOCK_SEVENTEENTH_(__VA_ARGS__, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, )

/* Every method belongs to the interface and has its type. */
#define PENSTOCK_DECLARED_(name) PENSTOCK_DECLARATION_##name
#define PENSTOCK_CHECK_(interface, name, function)                                                                     \
  static_assert(PENSTOCK_CHOOSE_(PENSTOCK_IS_METHOD_OF_##interface##_##name, 1, 0, ),                                  \
                "`" #name                                                                                              \
                "` is no method of a " #interface ", whose methods are " PENSTOCK_METHODS_OF_##interface " [PS0201]"); \
  static_assert(PENSTOCK_IF_METHOD_(name, PENSTOCK_FITS_, PENSTOCK_FITS_NOTHING_)(name, function),                     \
                "the function of `" #name "` must be like `" PENSTOCK_IF_METHOD_(                                      \
                    name, PENSTOCK_DECLARED_, PENSTOCK_NO_LINE_)(name) "` [PS0201]");
#define PENSTOCK_CHECK_Source_1_(name, function) PENSTOCK_CHECK_(Source, name, function) PENSTOCK_CHECK_Source_2_
#define PENSTOCK_CHECK_Source_2_(name, function) PENSTOCK_CHECK_(Source, name, function) PENSTOCK_CHECK_Source_1_
#define PENSTOCK_CHECK_Source_1_END
#define PENSTOCK_CHECK_Source_2_END
#define PENSTOCK_CHECK_Stage_1_(name, function) PENSTOCK_CHECK_(Stage, name, function) PENSTOCK_CHECK_Stage_2_
#define PENSTOCK_CHECK_Stage_2_(name, function) PENSTOCK_CHECK_(Stage, name, function) PENSTOCK_CHECK_Stage_1_
#define PENSTOCK_CHECK_Stage_1_END
#define PENSTOCK_CHECK_Stage_2_END
#define PENSTOCK_CHECK_Sink_1_(name, function) PENSTOCK_CHECK_(Sink, name, function) PENSTOCK_CHECK_Sink_2_
#define PENSTOCK_CHECK_Sink_2_(name, function) PENSTOCK_CHECK_(Sink, name, function) PENSTOCK_CHECK_Sink_1_
#define PENSTOCK_CHECK_Sink_1_END
#define PENSTOCK_CHECK_Sink_2_END

/* Of an interface that is none the methods are not checked: it is told alone. */
#define PENSTOCK_IS_INTERFACE_Source ,
#define PENSTOCK_IS_INTERFACE_Stage ,
#define PENSTOCK_IS_INTERFACE_Sink ,
#define PENSTOCK_IF_INTERFACE_(interface, then, otherwise) \
  PENSTOCK_CHOOSE_(PENSTOCK_IS_INTERFACE_##interface, then, otherwise, )
#define PENSTOCK_CHECK_NOTHING_1_(name, function) PENSTOCK_CHECK_NOTHING_2_
#define PENSTOCK_CHECK_NOTHING_2_(name, function) PENSTOCK_CHECK_NOTHING_1_
#define PENSTOCK_CHECK_NOTHING_1_END
#define PENSTOCK_CHECK_NOTHING_2_END
#define PENSTOCK_NEEDS_NOTHING_(has)

/* And none is missing. */
#define PENSTOCK_NEEDS_(has, method, who)             \
  static_assert((has) >> PENSTOCK_PLACE_##method & 1, \
                who " needs `" #method "`, " PENSTOCK_SIGNATURE_##method ", and this list has none [PS0201]");
#define PENSTOCK_NEEDS_MAIN_Source_(has) PENSTOCK_NEEDS_(has, stream, "a Source")
#define PENSTOCK_NEEDS_MAIN_Stage_(has) PENSTOCK_NEEDS_(has, process, "a Stage")
#define PENSTOCK_NEEDS_MAIN_Sink_(has) PENSTOCK_NEEDS_(has, consume, "a Sink")

/** Exports a type that is written in C. A method that is missing, belongs to no type of this interface, or whose function
 *  has another type, does not compile, and is told in one sentence. (In C++ the type of a function is checked as that of
 *  any initialiser.)
 *
 *  @param id          its name, an identifier as abi/manifest.h has them, one for the whole library
 *  @param interface   Source, Stage or Sink
 *  @param labels      further labels of the head line, each after a tab: "\trows:fewer\tstate:none"
 *  @param PARAMS, METRICS, COLUMNS  the lists of abi/manifest.h
 *  @param ...  PENSTOCK_METHOD(create, ...) PENSTOCK_METHOD(destroy, ...) ..., with nothing between them */
#define PENSTOCK_TYPE(id, interface, labels, PARAMS, METRICS, COLUMNS, ...)                                        \
  enum {                                                                                                           \
    penstock_has_##id = 0 PENSTOCK_LIST_END_(PENSTOCK_BITS_1_ PENSTOCK_FIRST_(__VA_ARGS__)) |                      \
                        (PENSTOCK_HAS_COMMA_(__VA_ARGS__) ? ~0 : 0)                                                \
  };                                                                                                               \
  static_assert(                                                                                                   \
      !PENSTOCK_HAS_COMMA_(__VA_ARGS__),                                                                           \
      "the methods of PENSTOCK_TYPE stand beside each other, without commas: PENSTOCK_METHOD(create, create) "     \
      "PENSTOCK_METHOD(destroy, free) ... [PS0201]");                                                              \
  static_assert(PENSTOCK_IF_INTERFACE_(interface, 1, 0),                                                           \
                "`" #interface "` is no interface: a type is a Source, a Stage or a Sink [PS0303]");               \
  PENSTOCK_LIST_END_(PENSTOCK_IF_INTERFACE_(interface, PENSTOCK_CHECK_##interface##_1_, PENSTOCK_CHECK_NOTHING_1_) \
                         PENSTOCK_FIRST_(__VA_ARGS__))                                                             \
  PENSTOCK_NEEDS_(penstock_has_##id, create, "a type")                                                             \
  PENSTOCK_NEEDS_(penstock_has_##id, destroy, "a type")                                                            \
  PENSTOCK_IF_INTERFACE_(interface, PENSTOCK_NEEDS_MAIN_##interface##_, PENSTOCK_NEEDS_NOTHING_)                   \
  (penstock_has_##id) PENSTOCK_NEEDS_(penstock_has_##id | !(0 PARAMS(PENSTOCK_ONE_)) << PENSTOCK_PLACE_configure,  \
                                      configure, "a type with parameters")                                         \
      PENSTOCK_EXTERN_C_ PENSTOCK_EXPORT_SYMBOL const char penstock_type_##id[] =                                  \
          "penstock:1\tname:" #id "\tinterface:" #interface " " PENSTOCK_ABI_VERSION_TEXT                          \
          "\tsdk:" PENSTOCK_ABI_VERSION_TEXT labels                                                                \
          "\n" PENSTOCK_LIST_END_(PENSTOCK_LINES_1_ PENSTOCK_FIRST_(__VA_ARGS__)) PARAMS(PENSTOCK_PARAM_LINE_)     \
              METRICS(PENSTOCK_METRIC_LINE_) COLUMNS(PENSTOCK_COLUMN_LINE_);                                       \
  PENSTOCK_EXTERN_C_ PENSTOCK_EXPORT_SYMBOL const penstock_method penstock_methods_##id[] = {                      \
      PENSTOCK_LIST_END_(PENSTOCK_ROWS_1_ PENSTOCK_FIRST_(__VA_ARGS__)){0, {0}}};

#endif
