/* A type with ten thousand parameters, p_0000 to p_9999. */
#include "good_stage.h"

#pragma GCC diagnostic ignored "-Woverlength-strings" /* its manifest has 370,249 bytes */

/* clang-format off */
#define ONE(P, n)      P(p##n, f64, 0, "", "")
#define TEN(P, n)      ONE(P, n##0) ONE(P, n##1) ONE(P, n##2) ONE(P, n##3) ONE(P, n##4) \
                       ONE(P, n##5) ONE(P, n##6) ONE(P, n##7) ONE(P, n##8) ONE(P, n##9)
#define HUNDRED(P, n)  TEN(P, n##0) TEN(P, n##1) TEN(P, n##2) TEN(P, n##3) TEN(P, n##4) \
                       TEN(P, n##5) TEN(P, n##6) TEN(P, n##7) TEN(P, n##8) TEN(P, n##9)
#define THOUSAND(P, n) HUNDRED(P, n##0) HUNDRED(P, n##1) HUNDRED(P, n##2) HUNDRED(P, n##3) HUNDRED(P, n##4) \
                       HUNDRED(P, n##5) HUNDRED(P, n##6) HUNDRED(P, n##7) HUNDRED(P, n##8) HUNDRED(P, n##9)
#define PARAMS(P)      THOUSAND(P, _0) THOUSAND(P, _1) THOUSAND(P, _2) THOUSAND(P, _3) THOUSAND(P, _4) \
                       THOUSAND(P, _5) THOUSAND(P, _6) THOUSAND(P, _7) THOUSAND(P, _8) THOUSAND(P, _9)
/* clang-format on */

PENSTOCK_TYPE(ten_thousand_parameters, Stage, "\trows:same", PARAMS, NO_METRICS, NO_COLUMNS,
              PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, destroy) PENSTOCK_METHOD(configure, configure)
                  PENSTOCK_METHOD(process, process))
