// SPDX-License-Identifier: MIT
// The figures of a run, as one line of JSON.
#ifndef REPORT_H
#define REPORT_H

#include "load.h"

// What was counted so far: the difference of two is what happened between them.
struct reading {
  uint64_t time, operations, bytes, published;
  double server_cpu, own_cpu;
};

struct reading reading_take(const struct load *load);

// The figures that every workload has; those of its own follow, then the end.
void report_begin(struct load *load, const struct reading *from, const struct reading *to);
void report_field(const char *name, double value);
void report_end(void);

#endif
