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

enum state { CONNECTING, UPGRADING, JOINING, READY, LOST };

struct connection {
  int socket, room, member;
  enum state state;
  uint32_t last_call;
  uint64_t began;      // when it was opened, later when its last call was sent
  uint64_t deliveries; // that it has had
  uint64_t pinged_at, silence; // by the server: when, or since when not; the longest time between
  struct rest rest;
};

struct load;

// A protocol of the load generator, in frames of one opcode. Each of its messages has the payload of the workload
// as its data; a call has the time, too, unless that is 0. A number is what a message has behind a
// name of one letter.
struct dialect {
  const char *name, *path;
  int opcode;
  void (*upgraded)(struct load *, struct connection *);
  void (*received)(struct load *, struct connection *, const char *text, size_t length);
  int (*publish)(const struct load *, const struct connection *, char *out, uint64_t time);
  int (*call)(const struct load *, const struct connection *, char *out, uint64_t time);
  uint64_t (*number)(const char *text, size_t length, char name);
};

// What the connections do once all of them are ready. A null function is never needed, but for
// `lost`: without it a connection that ends, ends the process.
struct workload {
  const char *name;
  bool subscribes;
  int spare_connections;      // beside --connections, for the workload itself to open
  int (*run)(struct load *); // returns the status of the process
  void (*start)(struct load *);
  void (*due)(struct load *, uint64_t time); // with a rate: it is time for the next
  void (*ready)(struct load *, struct connection *);
  void (*delivered)(struct load *, struct connection *, const char *text, size_t length);
  void (*answered)(struct load *, struct connection *, const char *text, size_t length);
  void (*lost)(struct load *, struct connection *, int close_code);
};

// The close code of a connection that ended without one.
enum { CLOSED_ABNORMALLY = 1006 };

struct load {
  struct options options;
  const struct dialect *dialect;
  const struct workload *workload;
  struct connection *connections;
  int *room_deliveries;
  char *payload;
  int epoll, opened, ready, lost;
  int patience_s; // how long a server may be silent; 0: as long as usual
  uint64_t operations, deliveries, bytes, pings, published, called;
  uint64_t next_due;                   // by the clock, of the next publish or call
  uint64_t progress_seen, progress_at; // how many operations there were, and since when
  bool measuring;
  struct samples latency, last; // of an operation; of the last delivery of a publish
};

extern const struct dialect socketcluster, min_bin, engineio;
extern const struct workload fanout, rooms, echo, connect_and_hold, slow_reader, flood, storm, attack;

// Room for any message of a workload.
enum { MESSAGE_EXTRA = 256 };

bool load_subscribes(const struct load *load);

// What is told of a connection: it can be used; a message of its channel came; a call was answered;
// it was pinged; it has ended, as the description says. A compressed message has no text.
void load_ready(struct load *load, struct connection *connection);
void load_delivered(struct load *load, struct connection *connection, const char *text,
                    size_t length);
void load_answered(struct load *load, struct connection *connection, const char *text,
                   size_t length);
void load_pinged(struct load *load, struct connection *connection);
void load_lost(struct load *load, struct connection *connection, int close_code,
               const char *description);

// Ends a connection that is not needed any more.
void load_leave(struct connection *connection);

// What workloads do. The time is when a publish or a call was due; it comes back with it, though
// that of a call only when it is not 0.
void load_publish(struct load *load, struct connection *connection, uint64_t due);
void load_call(struct load *load, struct connection *connection, uint64_t due);

// For how long a message that has its time in it was under way.
uint64_t message_age(const struct load *load, const char *text, size_t length);

// The number behind a name in a message of JSON; ends the process when there is none.
uint64_t json_number(const char *text, size_t length, char name);

// Opens the connections and waits until all of them are ready, or lost where that is allowed.
void load_open_all(struct load *load);

// Serves the connections once, or by the clock; ends the process when a server is silent too long.
void load_turn(struct load *load, int timeout_ms);
void load_step(struct load *load);
void load_run_for(struct load *load, int seconds);

#endif
