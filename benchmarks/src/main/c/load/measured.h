// SPDX-License-Identifier: MIT
// What a process costs: the server that is measured, and this one.
#ifndef MEASURED_H
#define MEASURED_H

#include <sys/types.h>

// Seconds of CPU, user and system, of all threads a process has had; 0 for no process.
double cpu_seconds(pid_t pid);

// The same of this process.
double own_cpu_seconds(void);

// Kilobytes of a process that are in memory; 0 for no process.
long resident_kb(pid_t pid);

// The most that there ever were of them.
long resident_peak_kb(pid_t pid);

#endif
