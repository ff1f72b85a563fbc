// SPDX-License-Identifier: MIT
// Times in nanoseconds, and what a part of them stayed below.
#ifndef SAMPLES_H
#define SAMPLES_H

#include <stddef.h>
#include <stdint.h>

struct samples {
  uint64_t *values;
  size_t count, capacity;
};

void samples_add(struct samples *samples, uint64_t value);

void samples_sort(struct samples *samples);

// Of sorted samples, in microseconds; 0 when there are none. The share is 0 to 1.
double samples_quantile_us(const struct samples *samples, double share);

#endif
