// SPDX-License-Identifier: MIT
// Sockets that call at a modest rate, and newcomers that connect, shake hands and leave, --newcomers
// a second: first alone, then beside attackers. Latency counts from the moment a call or a connection
// was due.
#include "../shared/process.h"
#include "attackers.h"
#include "calls.h"
#include "companion.h"
#include "connection.h"
#include "report.h"

enum { DRAIN_SECONDS = 20, NEWCOMER_SLOTS = 512, TURN_MS = 10 };

static const uint64_t SECOND_NS = 1000000000;

static struct {
  struct samples calls[2], newcomers[2]; // before and during the attack
  int now;
  uint64_t answered, next_newcomer;
  int slot;
} seen;

static struct connection *newcomer_slots(struct load *load) {
  return load->connections + load->options.connections;
}

static bool is_newcomer(struct load *load, const struct connection *connection) {
  return connection >= newcomer_slots(load);
}

static void answered(struct load *load, struct connection *connection, const char *text,
                     size_t length) {
  (void)connection;
  seen.answered++;
  if (load->measuring) samples_add(&seen.calls[seen.now], message_age(load, text, length));
}

static void ready(struct load *load, struct connection *connection) {
  if (!is_newcomer(load, connection)) return;
  if (load->measuring) samples_add(&seen.newcomers[seen.now], now_ns() - connection->began);
  load_leave(connection);
}

static void newcomer_due(struct load *load) {
  uint64_t gap = SECOND_NS / (uint64_t)load->options.newcomers;
  if (!seen.next_newcomer) seen.next_newcomer = now_ns();
  if (now_ns() < seen.next_newcomer) return;
  struct connection *connection = newcomer_slots(load) + seen.slot++ % NEWCOMER_SLOTS;
  if (connection->state == LOST) {
    connection_open(load, connection);
    connection->began = seen.next_newcomer;
  }
  seen.next_newcomer += gap;
}

static void step(struct load *load) {
  if (load->options.newcomers) newcomer_due(load);
  load_step(load);
}

static void run_for(struct load *load, int seconds) {
  uint64_t end = now_ns() + (uint64_t)seconds * SECOND_NS;
  while (now_ns() < end) step(load);
}

static bool newcomers_wait(struct load *load) {
  for (int i = 0; i < NEWCOMER_SLOTS; i++) {
    if (newcomer_slots(load)[i].state != LOST) return true;
  }
  return false;
}

// What has not been answered in this time never is.
static void wait_for_answers(struct load *load) {
  uint64_t end = now_ns() + (uint64_t)DRAIN_SECONDS * SECOND_NS;
  while (now_ns() < end && (seen.answered < load->called || newcomers_wait(load))) {
    load_turn(load, TURN_MS);
  }
}

static void count_newcomers_that_wait(struct load *load) {
  for (int i = 0; i < NEWCOMER_SLOTS; i++) {
    struct connection *each = &newcomer_slots(load)[i];
    if (each->state != LOST) samples_add(&seen.newcomers[1], now_ns() - each->began);
  }
}

static void report_phase(const char *const names[3], struct samples *samples) {
  samples_sort(samples);
  report_field(names[0], samples_quantile_us(samples, .5));
  report_field(names[1], samples_quantile_us(samples, .99));
  report_field(names[2], samples_quantile_us(samples, 1));
}

static void report(struct load *load, struct reading *from, struct reading *to,
                   const struct companion *companion) {
  static const char *const names[4][3] = {
      {"without_p50_us", "without_p99_us", "without_worst_us"},
      {"attacked_p50_us", "attacked_p99_us", "attacked_worst_us"},
      {"without_newcomer_p50_us", "without_newcomer_p99_us", "without_newcomer_worst_us"},
      {"newcomer_p50_us", "newcomer_p99_us", "newcomer_worst_us"}};
  report_begin(load, from, to);
  report_phase(names[0], &seen.calls[0]);
  report_phase(names[1], &seen.calls[1]);
  report_phase(names[2], &seen.newcomers[0]);
  report_phase(names[3], &seen.newcomers[1]);
  report_field("unanswered", (double)(load->called - seen.answered));
  report_field("attacks", companion ? (double)companion->done : 0);
  report_field("attackers_lost", companion ? (double)companion->failed : 0);
  report_end();
}

static void prepare(struct load *load) {
  load->patience_s = 2 * DRAIN_SECONDS;
  for (int i = 0; i < NEWCOMER_SLOTS; i++) newcomer_slots(load)[i].state = LOST;
}

static int run(struct load *load) {
  int attackers = attackers_count(&load->options);
  struct companion *companion =
      attackers ? companion_create(load, &attacker, attackers, attack_until_stopped) : NULL;
  prepare(load);
  load_open_all(load);
  run_for(load, load->options.warmup);
  load->measuring = true;
  run_for(load, load->options.seconds);
  struct reading from = reading_take(load);
  seen.now = 1;
  if (companion) companion_start(companion);
  run_for(load, load->options.seconds);
  if (companion) companion_stop(companion);
  wait_for_answers(load);
  struct reading to = reading_take(load);
  count_newcomers_that_wait(load);
  report(load, &from, &to, companion);
  return 0;
}

const struct workload attack = {.name = "attack",
                                .run = run,
                                .due = calls_due,
                                .ready = ready,
                                .answered = answered,
                                .lost = calls_lost,
                                .spare_connections = NEWCOMER_SLOTS};
