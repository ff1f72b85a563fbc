// SPDX-License-Identifier: MIT
// The SocketCluster protocol, version 2.
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>

#include "../shared/process.h"
#include "../shared/websocket.h"
#include "connection.h"

enum { HANDSHAKE_CALL = 1, SUBSCRIBE_CALL = 2 };

// In a delivery the name of the event is at the start, whatever the payload holds.
enum { EVENT_NAME_END = 24 };

static bool contains(const char *text, size_t length, const char *what) {
  return memmem(text, length, what, strlen(what)) != NULL;
}

static void handshake(struct load *load, struct connection *connection) {
  static const char text[] = "{\"event\":\"#handshake\",\"data\":{\"authToken\":null},\"cid\":1}";
  (void)load;
  connection->last_call = HANDSHAKE_CALL;
  connection_send(connection, OP_TEXT, text, sizeof text - 1);
}

static void subscribe(struct connection *connection) {
  char text[128];
  int length = snprintf(text, sizeof text,
                        "{\"event\":\"#subscribe\",\"data\":{\"channel\":\"room%d\"},\"cid\":%d}",
                        connection->room, SUBSCRIBE_CALL);
  connection->last_call = SUBSCRIBE_CALL;
  connection_send(connection, OP_TEXT, text, (size_t)length);
}

static void joined(struct load *load, struct connection *connection, const char *text,
                   size_t length) {
  if (contains(text, length, "\"error\"")) fail("refused: %.*s", (int)length, text);
  if (!contains(text, length, "\"rid\":")) return;
  if (connection->last_call == HANDSHAKE_CALL && load_subscribes(load)) subscribe(connection);
  else load_ready(load, connection);
}

static void packet(struct load *load, struct connection *connection, const char *text,
                   size_t length) {
  if (connection->state == JOINING) {
    joined(load, connection, text, length);
  } else if (contains(text, length < EVENT_NAME_END ? length : EVENT_NAME_END, "\"#publish\"")) {
    load_delivered(load, connection, text, length);
  } else if (contains(text, length, "\"rid\":")) {
    if (contains(text, length, "\"error\"")) fail("refused: %.*s", (int)length, text);
    load_answered(load, connection, text, length);
  }
}

// Returns the quote that ends the string which begins at the quote given.
static const char *string_end(const char *quote, const char *end) {
  const char *at = quote + 1;
  while (at < end && *at != '"') at += *at == '\\' ? 2 : 1;
  return at;
}

static void batch(struct load *load, struct connection *connection, const char *text,
                  size_t length) {
  const char *start = text, *end = text + length;
  int depth = 0;
  for (const char *at = text; at < end; at++) {
    if (*at == '"') at = string_end(at, end);
    else if (*at == '{' && depth++ == 0) start = at;
    else if (*at == '}' && --depth == 0) packet(load, connection, start, (size_t)(at + 1 - start));
  }
}

static void received(struct load *load, struct connection *connection, const char *text,
                     size_t length) {
  if (!length) {
    load_pinged(load, connection);
    connection_send(connection, OP_TEXT, "", 0);
  } else if (text[0] == '[') {
    batch(load, connection, text, length);
  } else {
    packet(load, connection, text, length);
  }
}

static int publish(const struct load *load, const struct connection *connection, char *out,
                   uint64_t time) {
  return sprintf(out,
                 "{\"event\":\"#publish\",\"data\":{\"channel\":\"room%d\",\"data\":"
                 "{\"t\":%llu,\"m\":%d,\"p\":\"%s\"}}}",
                 connection->room, (unsigned long long)time, connection->member, load->payload);
}

static int call(const struct load *load, const struct connection *connection, char *out,
                uint64_t time) {
  int length = sprintf(out, "{\"event\":\"echo\",\"data\":{");
  if (time) length += sprintf(out + length, "\"t\":%llu,", (unsigned long long)time);
  return length + sprintf(out + length, "\"p\":\"%s\"},\"cid\":%u}", load->payload,
                          connection->last_call);
}

const struct dialect socketcluster = {"socketcluster", "/socketcluster/", OP_TEXT, handshake,
                                      received, publish, call, json_number};
