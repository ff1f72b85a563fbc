// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

#include "../shared/process.h"
#include "load.h"

// Not every delivery is timed, but by a prime number every subscriber's turn comes.
enum { TIMED_DELIVERY = 61 };

static uint64_t number_behind(const char *text, size_t length, const char *name) {
  const char *found = memmem(text, length, name, strlen(name));
  if (!found) fail("a delivery without %s: %.*s", name, (int)length, text);
  return strtoull(found + strlen(name), NULL, 10);
}

static uint64_t age(const char *text, size_t length) {
  return now_ns() - number_behind(text, length, "\"t\":");
}

static void time_delivery(struct load *load, const char *text, size_t length) {
  if (load->measuring && load->deliveries % TIMED_DELIVERY == 0) {
    samples_add(&load->latency, age(text, length));
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
  if (load->measuring && one_in_flight) samples_add(&load->last, age(text, length));
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
  int next = (int)(number_behind(text, length, "\"m\":") + 1) % members;
  load_publish(load, &load->connections[room * members + next], now_ns());
}

static void echo_start(struct load *load) {
  for (int i = 0; i < load->options.connections; i++) {
    for (int call = 0; call < load->options.depth; call++) load_call(load, &load->connections[i]);
  }
}

const struct workload fanout = {"fanout", true, fanout_start, fanout_delivered};
const struct workload rooms = {"rooms", true, rooms_start, rooms_delivered};
const struct workload echo = {"echo", false, echo_start, NULL};
const struct workload connect_and_hold = {"connect", false, NULL, NULL};
