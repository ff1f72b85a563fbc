// SPDX-License-Identifier: MIT
// Sockets that call at a modest rate and are pinged, while --storm others connect at once.
#include "../shared/process.h"
#include "calls.h"
#include "companion.h"
#include "report.h"

enum { PING_INTERVAL_S = 8, TURN_MS = 10 };

// A socket that was not pinged for two intervals has missed a ping.
static const uint64_t SILENCE_MOST_NS = 2ull * PING_INTERVAL_S * 1000000000;

static const struct workload newcomer = {.name = "newcomer", .lost = calls_lost};

static void connect_all_at_once(struct load *load, struct companion *companion) {
  uint64_t began = now_ns();
  load->options.opening = load->options.connections;
  load_open_all(load);
  companion->nanoseconds = now_ns() - began;
  companion->done = (uint64_t)load->ready;
  companion->failed = (uint64_t)load->lost;
  companion->finished = true;
  while (!companion->stopped) load_turn(load, TURN_MS);
}

static void start_silence(struct load *load) {
  for (int i = 0; i < load->options.connections; i++) load->connections[i].silence = 0;
}

static int not_pinged(const struct load *load) {
  uint64_t now = now_ns();
  int count = 0;
  for (int i = 0; i < load->options.connections; i++) {
    const struct connection *each = &load->connections[i];
    bool silent_now = now - each->pinged_at > SILENCE_MOST_NS;
    if (each->state == READY && (silent_now || each->silence > SILENCE_MOST_NS)) count++;
  }
  return count;
}

static void run_storm(struct load *load, struct companion *companion) {
  load->measuring = true;
  companion_start(companion);
  while (!companion->finished) {
    load_step(load);
    companion_check(companion);
  }
  load->measuring = false;
}

static int run(struct load *load) {
  struct companion *companion =
      companion_create(load, &newcomer, load->options.storm, connect_all_at_once);
  load_open_all(load);
  load_run_for(load, load->options.warmup);
  start_silence(load);
  struct reading from = reading_take(load);
  run_storm(load, companion);
  struct reading to = reading_take(load);
  load_run_for(load, 2 * PING_INTERVAL_S + 1);
  int silent = not_pinged(load);
  companion_stop(companion);
  report_begin(load, &from, &to);
  report_field("storm_ms", (double)companion->nanoseconds / 1e6);
  report_field("storm_connected", (double)companion->done);
  report_field("storm_refused", (double)companion->failed);
  report_field("not_pinged", silent);
  report_end();
  return 0;
}

const struct workload storm = {.name = "storm",
                               .run = run,
                               .due = calls_due,
                               .answered = calls_answered,
                               .lost = calls_lost};
