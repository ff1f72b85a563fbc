// SPDX-License-Identifier: MIT
// What both programs need of their own process.
#ifndef PROCESS_H
#define PROCESS_H

#include <stdint.h>

// Prints "NAME: message" to standard error and ends with status 1.
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

// The same, with what errno says at the end.
_Noreturn void fail_errno(const char *what);

// Nanoseconds of the monotonic clock.
uint64_t now_ns(void);

enum { DESCRIPTORS_MAX = 1 << 20 };

// Raises the soft limit of descriptors to the hard one, DESCRIPTORS_MAX at most, and returns it.
long raise_descriptor_limit(void);

// Memory that is there: ends the process when there is none.
void *allocate(void *old, uint64_t bytes);

#endif
