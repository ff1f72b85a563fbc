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

static void field(const char *name, double value) { printf(",\"%s\":%.6f", name, value); }

static void rates(const struct reading *from, const struct reading *to) {
  double seconds = (double)(to->time - from->time) / 1e9;
  double operations = (double)(to->operations - from->operations);
  field("seconds", seconds);
  field("operations", operations);
  field("operations_per_second", operations / seconds);
  field("published_per_second", (double)(to->published - from->published) / seconds);
  field("megabytes_per_second", (double)(to->bytes - from->bytes) / seconds / 1e6);
  field("server_cpu_us_per_operation",
        operations > 0 ? (to->server_cpu - from->server_cpu) * 1e6 / operations : 0);
  field("server_cpu_percent", (to->server_cpu - from->server_cpu) * 100 / seconds);
  field("load_cpu_percent", (to->own_cpu - from->own_cpu) * 100 / seconds);
}

void report_print(struct load *load, const struct reading *from, const struct reading *to,
                  double idle_cpu_percent) {
  samples_sort(&load->latency);
  samples_sort(&load->last);
  printf("{\"workload\":\"%s\",\"protocol\":\"%s\",\"connections\":%d,\"size\":%d",
         load->workload->name, load->dialect->name, load->options.connections, load->options.size);
  rates(from, to);
  field("p50_us", samples_quantile_us(&load->latency, .5));
  field("p99_us", samples_quantile_us(&load->latency, .99));
  field("p999_us", samples_quantile_us(&load->latency, .999));
  field("last_p50_us", samples_quantile_us(&load->last, .5));
  field("last_p99_us", samples_quantile_us(&load->last, .99));
  field("idle_cpu_percent", idle_cpu_percent);
  field("pings", (double)load->pings);
  field("resident_kb", (double)resident_kb(load->options.pid));
  printf("}\n");
}
