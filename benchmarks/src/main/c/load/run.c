// SPDX-License-Identifier: MIT
#include "run.h"

#include "../shared/process.h"
#include "report.h"

int run_held(struct load *load) {
  struct reading before = reading_take(load);
  load_open_all(load);
  struct reading opened = reading_take(load);
  opened.operations = (uint64_t)load->options.connections;
  load_run_for(load, load->options.warmup);
  struct reading idle = reading_take(load);
  load_run_for(load, load->options.seconds);
  struct reading held = reading_take(load);
  double seconds = load->options.seconds;
  double cpu = held.server_cpu - idle.server_cpu;
  report_begin(load, &before, &opened);
  report_field("idle_cpu_percent", seconds > 0 ? cpu * 100 / seconds : 0);
  report_end();
  return 0;
}

int run_measured(struct load *load) {
  load_open_all(load);
  load->workload->start(load);
  load_run_for(load, load->options.warmup);
  load->measuring = true;
  struct reading from = reading_take(load);
  load_run_for(load, load->options.seconds);
  struct reading to = reading_take(load);
  report_begin(load, &from, &to);
  report_end();
  return to.operations > from.operations ? 0 : 1;
}
