// SPDX-License-Identifier: MIT
// One run: its connections, what they do, and what was counted.
#ifndef LOAD_H
#define LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../shared/rest.h"
#include "options.h"
#include "samples.h"

enum state { CONNECTING, UPGRADING, JOINING, READY };

struct connection {
  int socket, room, member;
  enum state state;
  uint32_t last_call;
  uint64_t began; // when it was opened, later when its last call was sent
  struct rest rest;
};

struct load;

// How a protocol says things. What it writes has the payload of the workload as its data.
struct dialect {
  const char *name, *path;
  void (*upgraded)(struct load *, struct connection *);
  void (*received)(struct load *, struct connection *, const char *text, size_t length);
  int (*publish)(const struct load *, const struct connection *, char *out, uint64_t time);
  int (*call)(const struct load *, const struct connection *, char *out);
};

// What the connections do once all of them are ready. A null function is never needed.
struct workload {
  const char *name;
  bool subscribes;
  void (*start)(struct load *);
  void (*delivered)(struct load *, struct connection *, const char *text, size_t length);
};

struct load {
  struct options options;
  const struct dialect *dialect;
  const struct workload *workload;
  struct connection *connections;
  int *room_deliveries;
  char *payload;
  int epoll, opened, ready;
  uint64_t operations, deliveries, bytes, pings, published;
  uint64_t next_due;                   // by the clock, of the next publish
  uint64_t progress_seen, progress_at; // how many operations there were, and since when
  bool measuring;
  struct samples latency, last; // of an operation; of the last delivery of a publish
};

extern const struct dialect socketcluster, engineio;
extern const struct workload fanout, rooms, echo, connect_and_hold;

// Room for any message of a workload.
enum { MESSAGE_EXTRA = 256 };

bool load_subscribes(const struct load *load);

// What a dialect tells of a connection: it can be used; a message of its channel came; a call was
// answered.
void load_ready(struct load *load, struct connection *connection);
void load_delivered(struct load *load, struct connection *connection, const char *text,
                    size_t length);
void load_answered(struct load *load, struct connection *connection);

// What workloads do. The time of a publish is when it was due.
void load_publish(struct load *load, struct connection *connection, uint64_t due);
void load_call(struct load *load, struct connection *connection);

// Serves the connections once, or until the time has come.
void load_turn(struct load *load, int timeout_ms);
void load_run_until(struct load *load, uint64_t end);

#endif
