// SPDX-License-Identifier: MIT
// Bytes: opening sockets, frames in and out.
#ifndef CONNECTION_H
#define CONNECTION_H

#include "load.h"

// Ends the process, and says why, when so many connections cannot be had.
void connections_check(int count);

void connection_open(struct load *load, struct connection *connection);

void connection_send(struct connection *connection, int opcode, const char *payload,
                     size_t length);

// The same text so many times in one go, as far as they fit into a buffer.
void connection_send_all(struct connection *connection, const char *text, size_t length, int times);

// Stops reading, for good or until it is watched again.
void connection_ignore(struct load *load, struct connection *connection);

// Begins to wait for these events of epoll.
void connection_watch(struct load *load, struct connection *connection, uint32_t events);

// Goes on with a connection that can be written or read.
void connection_proceed(struct load *load, struct connection *connection);

#endif
