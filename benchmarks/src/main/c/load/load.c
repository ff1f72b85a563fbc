// SPDX-License-Identifier: MIT
#include "load.h"

#include <sys/epoll.h>

#include "../shared/process.h"
#include "../shared/websocket.h"
#include "connection.h"

enum { EVENTS = 512, TURN_MS = 100 };

static const uint64_t SILENCE_NS = 10000000000, BUSY_NS = 2000000, SECOND_NS = 1000000000;

bool load_subscribes(const struct load *load) {
  return load->workload->subscribes || load->options.subscribe;
}

static void progress(struct load *load) { load->progress_at = now_ns(); }

void load_ready(struct load *load, struct connection *connection) {
  connection->state = READY;
  load->ready++;
  progress(load);
  if (load->workload == &connect_and_hold) {
    samples_add(&load->latency, now_ns() - connection->began);
  }
  if (load->opened < load->options.connections) {
    connection_open(load, &load->connections[load->opened++]);
  }
}

void load_delivered(struct load *load, struct connection *connection, const char *text,
                    size_t length) {
  if (!load->workload->delivered) fail("a delivery nobody asked for: %.*s", (int)length, text);
  load->operations++;
  load->deliveries++;
  load->workload->delivered(load, connection, text, length);
}

void load_answered(struct load *load, struct connection *connection) {
  load->operations++;
  if (load->measuring) samples_add(&load->latency, now_ns() - connection->began);
  load_call(load, connection);
}

static char message[FRAME_PAYLOAD_MAX];

void load_publish(struct load *load, struct connection *connection, uint64_t due) {
  int length = load->dialect->publish(load, connection, message, due);
  load->published++;
  connection_send(connection, message, (size_t)length);
}

void load_call(struct load *load, struct connection *connection) {
  connection->last_call++;
  connection->began = now_ns();
  int length = load->dialect->call(load, connection, message);
  connection_send(connection, message, (size_t)length);
}

void load_turn(struct load *load, int timeout_ms) {
  struct epoll_event events[EVENTS];
  int count = epoll_wait(load->epoll, events, EVENTS, timeout_ms);
  for (int i = 0; i < count; i++) connection_proceed(load, events[i].data.ptr);
}

// A workload that publishes by the clock has nothing to wait for when the next is nearly due.
static void scheduled_turn(struct load *load) {
  uint64_t gap = SECOND_NS / (uint64_t)load->options.rate;
  if (!load->next_due) load->next_due = now_ns() + gap;
  while (load->next_due <= now_ns()) {
    load_publish(load, load->connections, load->next_due);
    load->next_due += gap;
  }
  load_turn(load, load->next_due > now_ns() + BUSY_NS ? 1 : 0);
}

static void check_progress(struct load *load) {
  if (load->operations != load->progress_seen || load->workload == &connect_and_hold) {
    load->progress_seen = load->operations;
    progress(load);
  } else if (now_ns() > load->progress_at + SILENCE_NS) {
    fail("the server has not answered for %d s", (int)(SILENCE_NS / SECOND_NS));
  }
}

void load_run_until(struct load *load, uint64_t end) {
  while (now_ns() < end) {
    if (load->options.rate) scheduled_turn(load);
    else load_turn(load, TURN_MS);
    check_progress(load);
  }
}
