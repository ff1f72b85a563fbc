// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "measured.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../shared/process.h"

static double seconds_of(clockid_t clock) {
  struct timespec time;
  if (clock_gettime(clock, &time)) fail("the measured server has ended");
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

double cpu_seconds(pid_t pid) {
  clockid_t clock;
  if (!pid) return 0;
  if (clock_getcpuclockid(pid, &clock)) fail("there is no process %d", pid);
  return seconds_of(clock);
}

double own_cpu_seconds(void) { return seconds_of(CLOCK_PROCESS_CPUTIME_ID); }

// Kilobytes that the line of this name says.
static long status_kb(pid_t pid, const char *line_name) {
  char name[64], line[256];
  long kb = 0;
  if (!pid) return 0;
  snprintf(name, sizeof name, "/proc/%d/status", pid);
  FILE *status = fopen(name, "r");
  if (!status) fail("there is no process %d", pid);
  while (fgets(line, sizeof line, status)) {
    if (!strncmp(line, line_name, strlen(line_name))) kb = atol(line + strlen(line_name));
  }
  fclose(status);
  return kb;
}

long resident_kb(pid_t pid) { return status_kb(pid, "VmRSS:"); }

long resident_peak_kb(pid_t pid) { return status_kb(pid, "VmHWM:"); }
