// SPDX-License-Identifier: MIT
//
// load - a load generator for servers that speak the SocketCluster protocol, or Socket.IO 4.
//
// One thread, epoll, loopback. It costs a fraction of what any server costs that it measures: with
// the server on one core and this on another, the server is the limit. The number of messages in
// flight is bounded (--window, --depth, one for each room), except with --rate: then latency counts
// from the moment a message was due, so that a server that stalls cannot hide it.
//
// An operation is one delivery (fanout, rooms), one answered call (echo), one connection (connect).
// Exit status: 0 measured, 1 a connection failed or the server misbehaved, 2 usage.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "../shared/process.h"
#include "connection.h"

static const struct workload *workload_named(const char *name) {
  const struct workload *all[] = {&fanout, &rooms, &echo, &connect_and_hold,
                                  &slow_reader, &flood, &storm, &attack};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    if (!strcmp(all[i]->name, name)) return all[i];
  }
  fprintf(stderr, "load: there is no workload %s\n", name);
  exit(2);
}

static const struct dialect *dialect_named(const char *name) {
  const struct dialect *all[] = {&socketcluster, &min_bin, &engineio};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    if (!strcmp(all[i]->name, name)) return all[i];
  }
  fprintf(stderr, "load: there is no protocol %s\n", name);
  exit(2);
}

static void assign_rooms(struct load *load) {
  bool in_rooms = load->workload == &rooms, alone = load->workload == &connect_and_hold;
  for (int i = 0; i < load->options.connections; i++) {
    load->connections[i].room = alone ? i : in_rooms ? i / load->options.room : 0;
    load->connections[i].member = in_rooms ? i % load->options.room : 0;
  }
}

static void prepare(struct load *load) {
  size_t count = (size_t)load->options.connections, size = (size_t)load->options.size;
  load->workload = workload_named(load->options.workload);
  count += (size_t)load->workload->spare_connections;
  load->dialect = dialect_named(load->options.protocol);
  if (!load->options.path) load->options.path = load->dialect->path;
  connections_check((int)count);
  load->connections = calloc(count, sizeof *load->connections);
  load->room_deliveries = calloc(count, sizeof *load->room_deliveries);
  load->payload = calloc(size + 1, 1);
  if (!load->connections || !load->room_deliveries || !load->payload) fail("no memory left");
  memset(load->payload, 'x', size);
  assign_rooms(load);
  load->epoll = epoll_create1(0);
}

int main(int argc, char **argv) {
  struct load load = {.options = options_parse(argc, argv)};
  prepare(&load);
  return load.workload->run(&load);
}
