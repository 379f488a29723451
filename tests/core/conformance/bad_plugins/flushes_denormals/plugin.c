/* It makes the smallest numbers 0 for all who compute on this thread. */
#include "loaded_stage.h"

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

WHEN_LOADED {
#if defined(__x86_64__)
  _mm_setcsr(_mm_getcsr() | 0x8040);
#endif
}

GOOD_STAGE(flushes_denormals)
