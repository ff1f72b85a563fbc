// SPDX-License-Identifier: MIT
// The runs of the workloads that measure a steady state; each prints its report.
#ifndef RUN_H
#define RUN_H

#include "load.h"

// Not every delivery is timed, but by a prime number every subscriber's turn comes.
enum { TIMED_DELIVERY = 61 };

void time_delivery(struct load *load, const char *text, size_t length);

// Opens the connections, does the same for the warm-up and for the seconds that count.
int run_measured(struct load *load);

// Opens the connections, which is what counts, and holds them.
int run_held(struct load *load);

#endif
