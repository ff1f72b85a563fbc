// SPDX-License-Identifier: MIT
#include "samples.h"

#include <stdlib.h>

#include "../shared/process.h"

void samples_add(struct samples *samples, uint64_t value) {
  if (samples->count == samples->capacity) {
    samples->capacity = samples->capacity ? samples->capacity * 2 : 1 << 16;
    samples->values = allocate(samples->values, samples->capacity * sizeof *samples->values);
  }
  samples->values[samples->count++] = value;
}

static int compare(const void *left, const void *right) {
  uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
  return a < b ? -1 : a > b;
}

void samples_sort(struct samples *samples) {
  if (samples->count) qsort(samples->values, samples->count, sizeof *samples->values, compare);
}

double samples_quantile_us(const struct samples *samples, double share) {
  if (!samples->count) return 0;
  return (double)samples->values[(size_t)(share * (double)(samples->count - 1))] / 1e3;
}
