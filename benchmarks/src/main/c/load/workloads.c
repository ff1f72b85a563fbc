// SPDX-License-Identifier: MIT
#include "../shared/process.h"
#include "run.h"

void time_delivery(struct load *load, const char *text, size_t length) {
  if (load->measuring && text && load->deliveries % TIMED_DELIVERY == 0) {
    samples_add(&load->latency, message_age(load, text, length));
  }
}

static void fanout_start(struct load *load) {
  for (int i = 0; !load->options.rate && i < load->options.window; i++) {
    load_publish(load, load->connections, now_ns());
  }
}

static void fanout_delivered(struct load *load, struct connection *connection, const char *text,
                             size_t length) {
  (void)connection;
  time_delivery(load, text, length);
  if (load->deliveries % (uint64_t)load->options.connections) return;
  bool one_in_flight = !load->options.rate && load->options.window == 1;
  if (load->measuring && text && one_in_flight) {
    samples_add(&load->last, message_age(load, text, length));
  }
  if (!load->options.rate) load_publish(load, load->connections, now_ns());
}

static void rooms_start(struct load *load) {
  for (int i = 0; i < load->options.connections; i += load->options.room) {
    load_publish(load, &load->connections[i], now_ns());
  }
}

// When all members have it, the next member speaks.
static void rooms_delivered(struct load *load, struct connection *connection, const char *text,
                            size_t length) {
  time_delivery(load, text, length);
  int room = connection->room, members = load->options.room;
  if (++load->room_deliveries[room] < members) return;
  load->room_deliveries[room] = 0;
  int next = (int)(load->dialect->number(text, length, 'm') + 1) % members;
  load_publish(load, &load->connections[room * members + next], now_ns());
}

static void fanout_due(struct load *load, uint64_t time) {
  load_publish(load, load->connections, time);
}

static void echo_start(struct load *load) {
  for (int i = 0; i < load->options.connections; i++) {
    for (int n = 0; n < load->options.depth; n++) load_call(load, &load->connections[i], 0);
  }
}

static void echo_answered(struct load *load, struct connection *connection, const char *text,
                          size_t length) {
  (void)text;
  (void)length;
  if (load->measuring) samples_add(&load->latency, now_ns() - connection->began);
  load_call(load, connection, 0);
}

static void connect_ready(struct load *load, struct connection *connection) {
  samples_add(&load->latency, now_ns() - connection->began);
}

const struct workload fanout = {.name = "fanout",
                                .subscribes = true,
                                .run = run_measured,
                                .start = fanout_start,
                                .due = fanout_due,
                                .delivered = fanout_delivered};
const struct workload rooms = {.name = "rooms",
                               .subscribes = true,
                               .run = run_measured,
                               .start = rooms_start,
                               .delivered = rooms_delivered};
const struct workload echo = {
    .name = "echo", .run = run_measured, .start = echo_start, .answered = echo_answered};
const struct workload connect_and_hold = {
    .name = "connect", .run = run_held, .ready = connect_ready};
