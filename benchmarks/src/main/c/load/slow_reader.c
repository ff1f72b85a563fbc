// SPDX-License-Identifier: MIT
// A fan-out of so many publishes, while the last --slow subscribers do not read; what they missed is
// seen when they read again.
#include <sys/epoll.h>

#include "../shared/process.h"
#include "connection.h"
#include "report.h"
#include "run.h"

enum { TURN_MS = 100, WARM_UP_PUBLISHES = 2000 };

static const uint64_t SILENCE_NS = 10000000000, CATCH_UP_SILENCE_NS = 2000000000;

static struct {
  int readers; // the first of the connections
  uint64_t limit, delivered; // publishes to make; deliveries to readers
  int close_code; // of the last slow one that was closed
} phase;

static struct connection *slow_begin(struct load *load) {
  return load->connections + phase.readers;
}

static struct connection *slow_end(struct load *load) {
  return load->connections + load->options.connections;
}

static void publish_next(struct load *load) {
  if (load->published < phase.limit) load_publish(load, load->connections, now_ns());
}

static void delivered(struct load *load, struct connection *connection, const char *text,
                      size_t length) {
  if (connection >= slow_begin(load)) return;
  time_delivery(load, text, length);
  if (++phase.delivered % (uint64_t)phase.readers == 0) publish_next(load);
}

static void lost(struct load *load, struct connection *connection, int close_code) {
  if (connection >= slow_begin(load)) phase.close_code = close_code;
}

// Makes so many publishes; returns when all readers have all of them, or nothing comes any more.
static void run_publishes(struct load *load, int publishes) {
  phase.limit = (uint64_t)publishes;
  phase.delivered = load->published = 0;
  uint64_t all = phase.limit * (uint64_t)phase.readers, seen = 0, since = now_ns();
  for (int i = 0; i < load->options.window; i++) publish_next(load);
  while (phase.delivered < all && now_ns() < since + SILENCE_NS) {
    load_turn(load, TURN_MS);
    if (phase.delivered != seen) since = now_ns();
    seen = phase.delivered;
  }
}

static void warm_up(struct load *load) {
  uint64_t end = now_ns() + (uint64_t)load->options.warmup * 1000000000;
  phase.readers = load->options.connections;
  while (now_ns() < end) run_publishes(load, WARM_UP_PUBLISHES);
  for (struct connection *each = load->connections; each < slow_end(load); each++) {
    each->deliveries = 0;
  }
}

// The slow ones read what there is for them, until they are closed or nothing more comes.
static void catch_up(struct load *load) {
  uint64_t bytes = load->bytes, since = now_ns();
  for (struct connection *each = slow_begin(load); each < slow_end(load); each++) {
    connection_watch(load, each, EPOLLIN);
  }
  while (now_ns() < since + CATCH_UP_SILENCE_NS) {
    load_turn(load, TURN_MS);
    if (load->bytes != bytes) since = now_ns();
    bytes = load->bytes;
  }
}

static uint64_t missed(const struct connection *from, const struct connection *to) {
  uint64_t count = 0;
  for (const struct connection *each = from; each < to; each++) {
    if (each->deliveries < phase.limit) count += phase.limit - each->deliveries;
  }
  return count;
}

static int run(struct load *load) {
  load_open_all(load);
  warm_up(load);
  phase.readers -= load->options.slow;
  for (struct connection *each = slow_begin(load); each < slow_end(load); each++) {
    connection_ignore(load, each);
  }
  load->measuring = true;
  struct reading from = reading_take(load);
  from.published = 0;
  run_publishes(load, load->options.publishes);
  struct reading to = reading_take(load);
  load->measuring = false;
  catch_up(load);
  report_begin(load, &from, &to);
  report_field("missing", (double)missed(load->connections, slow_begin(load)));
  report_field("slow_missed", (double)missed(slow_begin(load), slow_end(load)));
  report_field("slow_close_code", phase.close_code);
  report_end();
  return 0;
}

const struct workload slow_reader = {
    .name = "slow-reader", .subscribes = true, .run = run, .delivered = delivered, .lost = lost};
