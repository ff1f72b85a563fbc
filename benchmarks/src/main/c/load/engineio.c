// SPDX-License-Identifier: MIT
// Socket.IO 4 over Engine.IO 4, for servers that know the events join, pub (emitted as msg) and echo.
#include <stdio.h>

#include "../shared/process.h"
#include "../shared/websocket.h"
#include "connection.h"

enum { OPEN = '0', PING = '2', MESSAGE = '4' };                          // Engine.IO
enum { CONNECT = '0', EVENT = '2', ACKNOWLEDGED = '3', REFUSED = '4' };  // Socket.IO

// The server speaks first.
static void upgraded(struct load *load, struct connection *connection) {
  (void)load;
  (void)connection;
}

static void join(struct connection *connection) {
  char text[64];
  int length = snprintf(text, sizeof text, "420[\"join\",\"room%d\"]", connection->room);
  connection_send(connection, OP_TEXT, text, (size_t)length);
}

static void message(struct load *load, struct connection *connection, const char *text,
                    size_t length) {
  switch (text[1]) {
    case CONNECT:
      if (load_subscribes(load)) join(connection);
      else load_ready(load, connection);
      break;
    case ACKNOWLEDGED:
      if (connection->state == JOINING) load_ready(load, connection);
      else load_answered(load, connection, text, length);
      break;
    case EVENT:
      load_delivered(load, connection, text, length);
      break;
    case REFUSED:
      fail("refused: %.*s", (int)length, text);
  }
}

static void received(struct load *load, struct connection *connection, const char *text,
                     size_t length) {
  if (!length) return;
  if (text[0] == OPEN) {
    connection_send(connection, OP_TEXT, "40", 2);
  } else if (text[0] == PING) {
    load_pinged(load, connection);
    connection_send(connection, OP_TEXT, "3", 1);
  } else if (text[0] == MESSAGE && length > 1) {
    message(load, connection, text, length);
  }
}

static int publish(const struct load *load, const struct connection *connection, char *out,
                   uint64_t time) {
  return sprintf(out, "42[\"pub\",{\"room\":\"room%d\",\"t\":%llu,\"m\":%d,\"p\":\"%s\"}]",
                 connection->room, (unsigned long long)time, connection->member, load->payload);
}

static int call(const struct load *load, const struct connection *connection, char *out,
                uint64_t time) {
  int length = sprintf(out, "42%u[\"echo\",{", connection->last_call);
  if (time) length += sprintf(out + length, "\"t\":%llu,", (unsigned long long)time);
  return length + sprintf(out + length, "\"p\":\"%s\"}]", load->payload);
}

const struct dialect engineio = {"engineio", "/socket.io/?EIO=4&transport=websocket", OP_TEXT,
                                 upgraded, received, publish, call, json_number};
