// SPDX-License-Identifier: MIT
// Each attacker connects, shakes hands, sends its block of the script as fast as it is read and
// waits for the answer to the last call in it; then it leaves and comes back. It does not look at
// what else comes. Silent ones upgrade and say nothing: all at once, or --silent-rate a second, each
// in the place of the oldest.
#define _GNU_SOURCE
#include "attackers.h"

#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../shared/process.h"
#include "connection.h"
#include "script.h"

enum { EVENTS = 512, TURN_MS = 5, SEND_AT_ONCE = 256 * 1024, MARK_CARRY = 32 };

static const char LAST_ANSWER[] = "\"rid\":424242";

static const uint64_t SECOND_NS = 1000000000, COME_BACK_NS = 10000000;

static struct {
  struct script script;
  size_t *sent; // of each attacker's block
} state;

static void silent_upgraded(struct load *load, struct connection *connection) {
  load_ready(load, connection);
}

static const struct block *block_of(const struct load *load, const struct connection *connection) {
  return &state.script.blocks[(connection - load->connections) % state.script.count];
}

static size_t *sent_of(const struct load *load, const struct connection *connection) {
  return &state.sent[connection - load->connections];
}

static void watch_again(struct load *load, struct connection *connection, uint32_t events) {
  connection_ignore(load, connection);
  connection_watch(load, connection, events);
}

static void ready(struct load *load, struct connection *connection) {
  if (!state.script.count) return;
  *sent_of(load, connection) = 0;
  watch_again(load, connection, EPOLLIN | EPOLLOUT);
}

static void send_more(struct load *load, struct connection *connection) {
  const struct block *block = block_of(load, connection);
  size_t *sent = sent_of(load, connection), left = block->length - *sent;
  ssize_t count = send(connection->socket, block->bytes + *sent,
                       left < SEND_AT_ONCE ? left : SEND_AT_ONCE, MSG_NOSIGNAL);
  if (count > 0) *sent += (size_t)count;
  if (*sent == block->length) watch_again(load, connection, EPOLLIN);
}

// Returns whether the last answer was among what has come; -1 when the connection has ended.
static int drain(struct connection *connection) {
  static char input[1 << 16];
  size_t kept = connection->rest.length;
  if (kept) memcpy(input, connection->rest.bytes, kept);
  ssize_t count = recv(connection->socket, input + kept, sizeof input - kept, MSG_DONTWAIT);
  if (count == 0) return -1;
  if (count < 0) return 0;
  size_t length = kept + (size_t)count, carry = length < MARK_CARRY ? length : MARK_CARRY;
  if (memmem(input, length, LAST_ANSWER, sizeof LAST_ANSWER - 1)) return 1;
  rest_keep(&connection->rest, input + length - carry, carry);
  return 0;
}

static void play(struct load *load, struct connection *connection, uint32_t events,
                 struct companion *companion) {
  if (events & EPOLLOUT) send_more(load, connection);
  if (!(events & ~(uint32_t)EPOLLOUT)) return;
  int end = events & (EPOLLHUP | EPOLLERR) ? -1 : drain(connection);
  if (end > 0) companion->done++;
  if (end < 0) companion->failed++;
  if (end) load_leave(connection);
}

static void turn(struct load *load, struct companion *companion) {
  struct epoll_event events[EVENTS];
  int count = epoll_wait(load->epoll, events, EVENTS, TURN_MS);
  for (int i = 0; i < count; i++) {
    struct connection *connection = events[i].data.ptr;
    if (connection->state == READY && state.script.count) {
      play(load, connection, events[i].events, companion);
    } else {
      connection_proceed(load, connection);
    }
  }
}

// Now and then: a server may refuse them at once.
static void come_back(struct load *load) {
  static uint64_t next;
  if (now_ns() < next) return;
  next = now_ns() + COME_BACK_NS;
  for (int i = 0; i < load->options.connections; i++) {
    if (load->connections[i].state == LOST) connection_open(load, &load->connections[i]);
  }
}

static void play_scripts(struct load *load, struct companion *companion) {
  state.script = script_read(load->options.script);
  state.sent = allocate(NULL, (uint64_t)load->options.connections * sizeof *state.sent);
  for (int i = 0; i < load->options.connections; i++) connection_open(load, &load->connections[i]);
  while (!companion->stopped) {
    turn(load, companion);
    come_back(load);
  }
}

static void replace(struct load *load, int index) {
  struct connection *connection = &load->connections[index % load->options.connections];
  if (index >= load->options.connections && connection->state != LOST) load_leave(connection);
  connection_open(load, connection);
}

static void upgrade_and_wait(struct load *load, struct companion *companion) {
  static struct dialect silent;
  silent = *load->dialect;
  silent.upgraded = silent_upgraded;
  load->dialect = &silent;
  int opened = 0, rate = load->options.silent_rate;
  uint64_t began = now_ns();
  while (!companion->stopped) {
    uint64_t due = rate ? (now_ns() - began) * (uint64_t)rate / SECOND_NS
                        : (uint64_t)load->options.connections;
    while ((uint64_t)opened < due) replace(load, opened++);
    turn(load, companion);
    companion->done = (uint64_t)opened;
    companion->failed = (uint64_t)load->lost;
  }
}

int attackers_count(const struct options *options) {
  return options->silent ? options->silent : options->script ? options->attackers : 0;
}

void attack_until_stopped(struct load *load, struct companion *companion) {
  if (load->options.silent) upgrade_and_wait(load, companion);
  else play_scripts(load, companion);
}

static void lost(struct load *load, struct connection *connection, int close_code) {
  (void)load;
  (void)connection;
  (void)close_code;
}

const struct workload attacker = {.name = "attacker", .ready = ready, .lost = lost};
