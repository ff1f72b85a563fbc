// SPDX-License-Identifier: MIT
//
// floor PORT - the least work that any server can do for the load generator: what to measure against.
//
// One thread, epoll, one send for each delivery of a frame that is built once. It understands just
// what the load generator sends, and trusts it: no parser, no ping, no limit. It is no server for
// anything else.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../shared/process.h"
#include "../shared/rest.h"
#include "../shared/websocket.h"
#include "messages.h"
#include "rooms.h"

enum { EVENTS = 512, BACKLOG = 4096 };

struct connection {
  int upgraded;
  struct rest rest;
};

static struct connection *connections; // by descriptor
static const int on = 1;

static int listen_on(int port) {
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)port),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (bind(listener, (void *)&address, sizeof address) || listen(listener, BACKLOG)) {
    fail_errno("listen");
  }
  return listener;
}

static void watch(int epoll, int socket) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = socket};
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event)) fail_errno("epoll");
}

static void accept_one(int epoll, int listener) {
  int socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
  if (socket < 0) return;
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  watch(epoll, socket);
}

static void close_one(int socket) {
  close(socket);
  rest_free(&connections[socket].rest);
  connections[socket].upgraded = 0;
  rooms_leave(socket);
}

// Returns where the frames begin, or 0 while the request is incomplete.
static size_t upgrade(int socket, char *input, size_t length) {
  static const char answer[] =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: " UPGRADE_ACCEPT "\r\n\r\n";
  char *end = memmem(input, length, "\r\n\r\n", 4);
  if (!end) return 0;
  send_all(socket, answer, sizeof answer - 1);
  connections[socket].upgraded = 1;
  return (size_t)(end + 4 - input);
}

static void read_one(int socket) {
  struct connection *connection = &connections[socket];
  char *input;
  size_t length, at = 0, taken;
  long received = rest_read(&connection->rest, socket, &input, &length);
  if (received == -1) return;
  if (received <= 0) {
    close_one(socket);
    return;
  }
  if (!connection->upgraded) at = upgrade(socket, input, length);
  struct frame frame;
  while (connection->upgraded && (taken = frame_take(input + at, length - at, &frame))) {
    if (frame.opcode == OP_TEXT) message_handle(socket, frame.payload, frame.length);
    at += taken;
  }
  rest_keep(&connection->rest, input + at, length - at);
}

int main(int argc, char **argv) {
  if (argc != 2) fail("usage: floor PORT");
  connections = calloc((size_t)raise_descriptor_limit() + 1, sizeof *connections);
  if (!connections) fail("no memory left");
  int listener = listen_on(atoi(argv[1])), epoll = epoll_create1(0);
  watch(epoll, listener);
  for (;;) {
    struct epoll_event events[EVENTS];
    int count = epoll_wait(epoll, events, EVENTS, -1);
    for (int i = 0; i < count; i++) {
      if (events[i].data.fd == listener) accept_one(epoll, listener);
      else read_one(events[i].data.fd);
    }
  }
}
