// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "load.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include "../shared/process.h"
#include "../shared/websocket.h"
#include "connection.h"

enum { EVENTS = 512, TURN_MS = 100, OPEN_TURN_MS = 1000, OPENED_BETWEEN_TURNS = 16 };

static const uint64_t SILENCE_NS = 10000000000, OPEN_SILENCE_NS = 30000000000,
                      SECOND_NS = 1000000000;

bool load_subscribes(const struct load *load) {
  return load->workload->subscribes || load->options.subscribe;
}

static void progress(struct load *load) { load->progress_at = now_ns(); }

static void open_next(struct load *load) {
  if (load->opened < load->options.connections) {
    connection_open(load, &load->connections[load->opened++]);
  }
}

void load_ready(struct load *load, struct connection *connection) {
  connection->state = READY;
  connection->pinged_at = now_ns();
  load->ready++;
  progress(load);
  if (load->workload->ready) load->workload->ready(load, connection);
  open_next(load);
}

void load_delivered(struct load *load, struct connection *connection, const char *text,
                    size_t length) {
  if (!load->workload->delivered) fail("a delivery nobody asked for: %.*s", (int)length, text);
  load->operations++;
  load->deliveries++;
  connection->deliveries++;
  load->workload->delivered(load, connection, text, length);
}

void load_answered(struct load *load, struct connection *connection, const char *text,
                   size_t length) {
  if (!load->workload->answered) fail("an answer nobody asked for: %.*s", (int)length, text);
  load->operations++;
  load->workload->answered(load, connection, text, length);
}

void load_pinged(struct load *load, struct connection *connection) {
  uint64_t now = now_ns(), silence = now - connection->pinged_at;
  load->pings++;
  connection->pinged_at = now;
  if (silence > connection->silence) connection->silence = silence;
}

void load_lost(struct load *load, struct connection *connection, int close_code,
               const char *description) {
  if (!load->workload->lost) fail("%s", description);
  load_leave(connection);
  load->lost++;
  progress(load);
  load->workload->lost(load, connection, close_code);
  open_next(load);
}

void load_leave(struct connection *connection) {
  connection->state = LOST;
  close(connection->socket);
  rest_free(&connection->rest);
}

uint64_t json_number(const char *text, size_t length, char name) {
  const char field[] = {'"', name, '"', ':'};
  const char *found = memmem(text, length, field, sizeof field);
  if (!found) fail("a message without %c: %.*s", name, (int)length, text);
  return strtoull(found + sizeof field, NULL, 10);
}

uint64_t message_age(const struct load *load, const char *text, size_t length) {
  return now_ns() - load->dialect->number(text, length, 't');
}

static char message[FRAME_PAYLOAD_MAX];

void load_publish(struct load *load, struct connection *connection, uint64_t due) {
  int length = load->dialect->publish(load, connection, message, due);
  load->published++;
  connection_send(connection, load->dialect->opcode, message, (size_t)length);
}

void load_call(struct load *load, struct connection *connection, uint64_t due) {
  connection->last_call++;
  load->called++;
  connection->began = now_ns();
  int length = load->dialect->call(load, connection, message, due);
  connection_send(connection, load->dialect->opcode, message, (size_t)length);
}

void load_turn(struct load *load, int timeout_ms) {
  struct epoll_event events[EVENTS];
  int count = epoll_wait(load->epoll, events, EVENTS, timeout_ms);
  for (int i = 0; i < count; i++) connection_proceed(load, events[i].data.ptr);
}

// Waits no longer than until the time has come, to the microsecond.
static void turn_until(struct load *load, uint64_t time) {
  uint64_t now = now_ns(), left = time > now ? time - now : 0;
  struct timespec timeout = {.tv_sec = (time_t)(left / SECOND_NS), .tv_nsec = (long)(left % SECOND_NS)};
  struct pollfd events = {.fd = load->epoll, .events = POLLIN};
  if (ppoll(&events, 1, &timeout, NULL) > 0) load_turn(load, 0);
}

static void scheduled_turn(struct load *load) {
  uint64_t gap = SECOND_NS / (uint64_t)load->options.rate;
  if (!load->next_due) load->next_due = now_ns() + gap;
  while (load->next_due <= now_ns()) {
    load->workload->due(load, load->next_due);
    load->next_due += gap;
  }
  turn_until(load, load->next_due);
}

static void check_progress(struct load *load) {
  uint64_t patience = load->patience_s ? (uint64_t)load->patience_s * SECOND_NS : SILENCE_NS;
  if (load->operations != load->progress_seen || load->workload == &connect_and_hold) {
    load->progress_seen = load->operations;
    progress(load);
  } else if (now_ns() > load->progress_at + patience) {
    fail("the server has not answered for %d s", (int)(patience / SECOND_NS));
  }
}

void load_step(struct load *load) {
  if (load->options.rate) scheduled_turn(load);
  else load_turn(load, TURN_MS);
  check_progress(load);
}

void load_run_for(struct load *load, int seconds) {
  uint64_t end = now_ns() + (uint64_t)seconds * SECOND_NS;
  while (now_ns() < end) load_step(load);
}

void load_open_all(struct load *load) {
  int all = load->options.connections, at_once = load->options.opening;
  progress(load);
  load->opened = all < at_once ? all : at_once;
  for (int i = 0, first = load->opened; i < first; i++) {
    connection_open(load, &load->connections[i]);
    if (i % OPENED_BETWEEN_TURNS == 0) load_turn(load, 0);
  }
  while (load->ready + load->lost < all) {
    load_turn(load, OPEN_TURN_MS);
    if (now_ns() > load->progress_at + OPEN_SILENCE_NS) {
      fail("%d of %d connections are ready, and no more become it", load->ready, all);
    }
  }
}
