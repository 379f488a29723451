/** What a type is made of: rows of methods, and the values of its parameters. */
#ifndef PENSTOCK_ABI_TYPE_H
#define PENSTOCK_ABI_TYPE_H

#include <penstock/abi/arrow.h>
#include <penstock/abi/batch.h>
#include <penstock/abi/host.h>
#include <penstock/abi/interface.h>
#include <penstock/abi/status.h>
#include <penstock/abi/version.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The value of a parameter. Which member counts is said by the type in the manifest. 16 bytes for ever. */
typedef union penstock_value {
  int64_t i64;     /**< i64; duration: nanoseconds */
  uint64_t u64;    /**< u64 */
  double f64;      /**< f64 */
  uint8_t boolean; /**< bool: 0 or 1 */
  struct {
    const char* data; /**< borrowed, never null, NUL after `size` bytes */
    uint64_t size;
  } text; /**< text, choice, path */
  struct {
    const union penstock_value* items; /**< borrowed; may be NULL if `count` is 0 */
    uint64_t count;
  } list; /**< a parameter with `list:yes` */
} penstock_value;

/* penstock_create_function, penstock_process_function, ...: a pointer to the function of each method. */
#define PENSTOCK_FUNCTION_TYPE_(name, result, arguments, need, since, signature) \
  typedef result(*penstock_##name##_function) arguments;
PENSTOCK_ALL_METHODS(PENSTOCK_FUNCTION_TYPE_)
#undef PENSTOCK_FUNCTION_TYPE_

#define PENSTOCK_FUNCTION_MEMBER_(name, result, arguments, need, since, signature) result(*name) arguments;

/** A method of any name, each under its own type, so that a wrong function is found by the compiler. */
typedef union penstock_function {
  void (*any)(void);
  PENSTOCK_ALL_METHODS(PENSTOCK_FUNCTION_MEMBER_)
} penstock_function;

#undef PENSTOCK_FUNCTION_MEMBER_

/** One row of a type's table `penstock_methods_<id>`, which ends with a row of NULLs. 16 bytes for ever. */
typedef struct penstock_method {
  const char* name;
  penstock_function function;
} penstock_method;

static_assert(sizeof(penstock_value) == 16, "there are arrays of penstock_value: it never changes its size");
static_assert(sizeof(penstock_method) == 16, "there are arrays of penstock_method: it never changes its size");

#ifdef __cplusplus
}
#endif

#endif
