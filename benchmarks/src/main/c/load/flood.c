// SPDX-License-Identifier: MIT
// Sockets that call at a modest rate, beside --flooders sockets that call as fast as the server reads.
#include <sys/epoll.h>

#include "../shared/process.h"
#include "../shared/websocket.h"
#include "calls.h"
#include "companion.h"
#include "connection.h"
#include "report.h"

enum { EVENTS = 64, TURN_MS = 100, CALLS_AT_ONCE = 32 };

static void flooder_answered(struct load *load, struct connection *connection, const char *text,
                             size_t length) {
  (void)load;
  (void)connection;
  (void)text;
  (void)length;
}

static const struct workload flooder = {
    .name = "flooder", .answered = flooder_answered, .lost = calls_lost};

static void flood_turn(struct load *load, const char *call, size_t length) {
  struct epoll_event events[EVENTS];
  int count = epoll_wait(load->epoll, events, EVENTS, TURN_MS);
  for (int i = 0; i < count; i++) {
    struct connection *connection = events[i].data.ptr;
    if (events[i].events & ~(uint32_t)EPOLLOUT) connection_proceed(load, connection);
    if (events[i].events & EPOLLOUT && connection->state == READY) {
      connection_send_all(connection, call, length, CALLS_AT_ONCE);
    }
  }
}

static void flood_until_stopped(struct load *load, struct companion *companion) {
  static char call[FRAME_PAYLOAD_MAX];
  load_open_all(load);
  size_t length = (size_t)load->dialect->call(load, load->connections, call, 0);
  for (int i = 0; i < load->options.connections; i++) {
    struct connection *connection = &load->connections[i];
    if (connection->state != READY) continue;
    connection_ignore(load, connection);
    connection_watch(load, connection, EPOLLIN | EPOLLOUT);
  }
  while (!companion->stopped) {
    flood_turn(load, call, length);
    companion->done = load->operations;
    companion->failed = (uint64_t)load->lost;
  }
}

static int run(struct load *load) {
  int flooders = load->options.flooders;
  struct companion *companion =
      flooders ? companion_create(load, &flooder, flooders, flood_until_stopped) : NULL;
  load_open_all(load);
  if (companion) companion_start(companion);
  load_run_for(load, load->options.warmup);
  uint64_t before = companion ? companion->done : 0;
  load->measuring = true;
  struct reading from = reading_take(load);
  load_run_for(load, load->options.seconds);
  struct reading to = reading_take(load);
  double calls = companion ? (double)(companion->done - before) : 0;
  if (companion) companion_stop(companion);
  report_begin(load, &from, &to);
  report_field("flooder_calls_per_second", calls * 1e9 / (double)(to.time - from.time));
  report_field("flooders_lost", companion ? (double)companion->failed : 0);
  report_end();
  return 0;
}

const struct workload flood = {.name = "flood",
                               .run = run,
                               .due = calls_due,
                               .answered = calls_answered,
                               .lost = calls_lost};
