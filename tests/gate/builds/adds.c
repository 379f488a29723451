/* The stage of adds.cpp in C; TYPE is its name. */
#include <penstock/abi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
#define PARAMS(P)  P(numbers, text, 1, "", "what is added to the readings in turn: numbers with a blank between them")
#define METRICS(M) M(added, f64, "", "sum of what was added") M(additions, i64, "", "readings changed by this library")
#define COLUMNS(C) C(value, write, f64, "", "the reading")
PENSTOCK_INDEXES(PARAMS, METRICS, COLUMNS)
/* clang-format on */

enum { MOST_NUMBERS = 16 };

struct adds {
  const penstock_host* host;
  double numbers[MOST_NUMBERS];
  size_t count, turn;
  double added;
};

static int64_t additions = 0;

static void* create(const penstock_host* host) {
  struct adds* self = calloc(1, sizeof *self);
  if (self != NULL) self->host = host;
  return self;
}

static penstock_status configure(void* instance, const penstock_value* values) {
  struct adds* self = instance;
  const char* word = values[PARAM_numbers].text.data;
  for (self->count = 0; self->count < MOST_NUMBERS; ++self->count) {
    char* end = NULL;
    self->numbers[self->count] = strtod(word, &end);
    if (end == word && *word == '\0' && self->count > 0) return PENSTOCK_OK;
    if (end == word) {
      char text[80];
      word += strspn(word, " ");
      snprintf(text, sizeof text, "`%.*s` is no number", (int)strcspn(word, " "), word);
      return self->host->fail(self->host, PENSTOCK_REFUSED, PARAM_numbers, text);
    }
    word = end;
  }
  return self->host->fail(self->host, PENSTOCK_REFUSED, PARAM_numbers, "has too many numbers");
}

static uint64_t bits(double value) {
  uint64_t result;
  memcpy(&result, &value, sizeof result);
  return result;
}

static penstock_status process(void* instance, penstock_batch* batch) {
  struct adds* self = instance;
  double* value = batch->column[COLUMN_value].values;
  for (int64_t row = 0; row < batch->rows; ++row) {
    const double number = self->numbers[self->turn++ % self->count];
    value[row] += number;
    self->host->record(self->host, METRIC_added, bits(self->added), bits(self->added + number), 1);
    self->added += number;
    self->host->record(self->host, METRIC_additions, (uint64_t)additions, (uint64_t)additions + 1, 1);
    ++additions;
  }
  return PENSTOCK_OK;
}

#define EXPORT_AS(type)                                                                                              \
  PENSTOCK_TYPE(type, Stage, "\trows:same", PARAMS, METRICS, COLUMNS,                                                \
                PENSTOCK_METHOD(create, create) PENSTOCK_METHOD(destroy, free) PENSTOCK_METHOD(configure, configure) \
                    PENSTOCK_METHOD(process, process))
EXPORT_AS(TYPE)
