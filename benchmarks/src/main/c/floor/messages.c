// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "messages.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "../shared/process.h"
#include "../shared/websocket.h"
#include "rooms.h"

static char frame[FRAME_HEADER_MAX + FRAME_PAYLOAD_MAX];

void send_all(int socket, const char *bytes, size_t length) {
  while (length) {
    ssize_t sent = send(socket, bytes, length, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) return; // it is closing: reading it says so too
    if (sent < 0) {
      poll(&(struct pollfd){.fd = socket, .events = POLLOUT}, 1, 1000);
      continue;
    }
    bytes += sent;
    length -= (size_t)sent;
  }
}

static size_t frame_of(const char *text, size_t length) {
  size_t header = frame_header(frame, OP_TEXT, length);
  memcpy(frame + header, text, length);
  return header + length;
}

static void send_text(int socket, const char *text, size_t length) {
  size_t bytes = frame_of(text, length);
  send_all(socket, frame, bytes);
}

static const char *behind(const char *text, size_t length, const char *what) {
  const char *found = memmem(text, length, what, strlen(what));
  if (!found) fail("a message without %s", what);
  return found + strlen(what);
}

// The frame that came is the frame that leaves, built once and sent to each member by itself.
static void publish(const char *text, size_t length) {
  struct room *room = room_of(atoi(behind(text, length, "\"room")));
  size_t bytes = frame_of(text, length);
  for (int i = 0; i < room->count; i++) send_all(room->sockets[i], frame, bytes);
}

static void echo(int socket, const char *text, size_t length) {
  static char answer[FRAME_PAYLOAD_MAX];
  const char *data = behind(text, length, "\"data\":"), *end = text + length;
  const char *cid = behind(data, (size_t)(end - data), ",\"cid\":");
  const char *data_end = cid - strlen(",\"cid\":");
  int written = snprintf(answer, sizeof answer, "{\"rid\":%d,\"data\":%.*s}", atoi(cid),
                         (int)(data_end - data), data);
  send_text(socket, answer, (size_t)written);
}

static void handshake(int socket) {
  static const char answer[] =
      "{\"rid\":1,\"data\":{\"id\":\"floor\",\"pingTimeout\":20000,\"isAuthenticated\":false}}";
  send_text(socket, answer, sizeof answer - 1);
}

static void subscribe(int socket, const char *text, size_t length) {
  static const char answer[] = "{\"rid\":2}";
  room_join(room_of(atoi(behind(text, length, "\"room"))), socket);
  send_text(socket, answer, sizeof answer - 1);
}

static int is_event(const char *text, size_t length, const char *name) {
  static const size_t prefix = sizeof "{\"event\":\"" - 1;
  size_t name_length = strlen(name);
  return length > prefix + name_length && !memcmp(text + prefix, name, name_length);
}

void message_handle(int socket, const char *text, size_t length) {
  if (is_event(text, length, "#publish\"")) publish(text, length);
  else if (is_event(text, length, "echo\"")) echo(socket, text, length);
  else if (is_event(text, length, "#handshake\"")) handshake(socket);
  else if (is_event(text, length, "#subscribe\"")) subscribe(socket, text, length);
}
