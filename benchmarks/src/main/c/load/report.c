// SPDX-License-Identifier: MIT
#include "report.h"

#include <stdio.h>

#include "../shared/process.h"
#include "measured.h"

struct reading reading_take(const struct load *load) {
  return (struct reading){.time = now_ns(),
                          .operations = load->operations,
                          .bytes = load->bytes,
                          .published = load->published,
                          .server_cpu = cpu_seconds(load->options.pid),
                          .own_cpu = own_cpu_seconds()};
}

void report_field(const char *name, double value) { printf(",\"%s\":%.6f", name, value); }

static void rates(const struct reading *from, const struct reading *to) {
  double seconds = (double)(to->time - from->time) / 1e9;
  double operations = (double)(to->operations - from->operations);
  report_field("seconds", seconds);
  report_field("operations", operations);
  report_field("operations_per_second", operations / seconds);
  report_field("published_per_second", (double)(to->published - from->published) / seconds);
  report_field("megabytes_per_second", (double)(to->bytes - from->bytes) / seconds / 1e6);
  report_field("server_cpu_us_per_operation",
        operations > 0 ? (to->server_cpu - from->server_cpu) * 1e6 / operations : 0);
  report_field("server_cpu_percent", (to->server_cpu - from->server_cpu) * 100 / seconds);
  report_field("load_cpu_percent", (to->own_cpu - from->own_cpu) * 100 / seconds);
}

void report_begin(struct load *load, const struct reading *from, const struct reading *to) {
  samples_sort(&load->latency);
  samples_sort(&load->last);
  printf("{\"workload\":\"%s\",\"protocol\":\"%s\",\"connections\":%d,\"size\":%d",
         load->workload->name, load->dialect->name, load->options.connections, load->options.size);
  rates(from, to);
  report_field("p50_us", samples_quantile_us(&load->latency, .5));
  report_field("p99_us", samples_quantile_us(&load->latency, .99));
  report_field("p999_us", samples_quantile_us(&load->latency, .999));
  report_field("last_p50_us", samples_quantile_us(&load->last, .5));
  report_field("last_p99_us", samples_quantile_us(&load->last, .99));
  report_field("pings", (double)load->pings);
  report_field("lost", load->lost);
  report_field("resident_kb", (double)resident_kb(load->options.pid));
  report_field("resident_peak_kb", (double)resident_peak_kb(load->options.pid));
}

void report_end(void) { puts("}"); }
