// SPDX-License-Identifier: MIT
// A second process of the load generator, so that what it does to the server does not keep the one
// waiting that measures. It has the lower priority of the two, and ends with the first.
#ifndef COMPANION_H
#define COMPANION_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "load.h"

// What both processes see.
struct companion {
  pid_t pid;
  atomic_bool started, stopped, finished;
  _Atomic uint64_t done, failed, nanoseconds;
};

// Starts a process that prepares a load with these options, waits until it is told to start, and
// then runs; what it returns from ends the process.
struct companion *companion_create(const struct load *load, const struct workload *workload,
                                   int connections, void (*run)(struct load *, struct companion *));

void companion_start(struct companion *companion);

// Ends the process when the companion has failed.
void companion_check(struct companion *companion);

// Tells it to stop and waits for its end.
void companion_stop(struct companion *companion);

#endif
