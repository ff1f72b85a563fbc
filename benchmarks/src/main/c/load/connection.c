// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "connection.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../shared/process.h"
#include "../shared/websocket.h"
#include "attackers.h"

enum { SPARE_DESCRIPTORS = 32, CONNECTIONS_PER_SOURCE = 20000, SEND_TIMEOUT_MS = 10000 };

void connections_check(int count) {
  long limit = raise_descriptor_limit();
  if (count + SPARE_DESCRIPTORS > limit) {
    fail("%d connections need %d descriptors, and the hard limit is %ld (ulimit -Hn)", count,
         count + SPARE_DESCRIPTORS, limit);
  }
}

// Ports run out at one address, also by those of an earlier run that are still closing: each run
// begins at an address of its own in 127.1.0.0 to 127.1.255.255.
static uint32_t source_address(int index) {
  uint32_t run = (uint32_t)getpid() * 7;
  return 0x7f010000 | ((run + (uint32_t)(index / CONNECTIONS_PER_SOURCE)) % 0xfffe + 1);
}

static void bind_source(int socket, int index) {
  static const int on = 1;
  struct sockaddr_in source = {.sin_family = AF_INET,
                               .sin_addr.s_addr = htonl(source_address(index))};
  setsockopt(socket, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  if (bind(socket, (void *)&source, sizeof source)) fail_errno("bind");
}

void connection_open(struct load *load, struct connection *connection) {
  static const int on = 1;
  int index = (int)(connection - load->connections);
  struct sockaddr_in target = {.sin_family = AF_INET,
                               .sin_port = htons((uint16_t)load->options.port),
                               .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  connection->socket = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (connection->socket < 0) fail_errno("socket");
  setsockopt(connection->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  bind_source(connection->socket, index);
  connection->state = CONNECTING;
  connection->began = now_ns();
  if (connect(connection->socket, (void *)&target, sizeof target) && errno != EINPROGRESS) {
    fail_errno("connect");
  }
  connection_watch(load, connection, EPOLLOUT);
}

static void send_bytes(struct connection *connection, const char *bytes, size_t length) {
  while (length) {
    ssize_t sent = send(connection->socket, bytes, length, MSG_NOSIGNAL);
    if (sent >= 0) {
      bytes += sent;
      length -= (size_t)sent;
    } else if (errno == EPIPE || errno == ECONNRESET) {
      return; // reading it says so, too
    } else if (errno != EAGAIN && errno != EINTR) {
      fail_errno("send");
    } else if (!poll(&(struct pollfd){.fd = connection->socket, .events = POLLOUT}, 1,
                     SEND_TIMEOUT_MS)) {
      fail("the server has not read for %d s", SEND_TIMEOUT_MS / 1000);
    }
  }
}

void connection_send(struct connection *connection, int opcode, const char *payload,
                     size_t length) {
  static char frame[FRAME_HEADER_MAX + FRAME_PAYLOAD_MAX];
  static uint32_t mask = 0x9e3779b9;
  mask = mask * 1664525 + 1013904223;
  send_bytes(connection, frame, frame_masked(frame, opcode, payload, length, mask));
}

void connection_send_all(struct connection *connection, const char *text, size_t length,
                         int times) {
  static char frames[FRAME_HEADER_MAX + FRAME_PAYLOAD_MAX];
  size_t filled = 0;
  for (int i = 0; i < times; i++) {
    if (filled + FRAME_HEADER_MAX + length > sizeof frames) break;
    filled += frame_masked(frames + filled, OP_TEXT, text, length, 0x9e3779b9);
  }
  send_bytes(connection, frames, filled);
}

void connection_ignore(struct load *load, struct connection *connection) {
  if (epoll_ctl(load->epoll, EPOLL_CTL_DEL, connection->socket, NULL)) fail_errno("epoll");
}

void connection_watch(struct load *load, struct connection *connection, uint32_t events) {
  struct epoll_event event = {.events = events, .data.ptr = connection};
  if (epoll_ctl(load->epoll, EPOLL_CTL_ADD, connection->socket, &event)) fail_errno("epoll");
}

// What has become of a connection, in words and for those who count.
static void lose(struct load *load, struct connection *connection, int close_code,
                 const char *format, ...) __attribute__((format(printf, 4, 5)));

static void lose(struct load *load, struct connection *connection, int close_code,
                 const char *format, ...) {
  char description[256];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(description, sizeof description, format, arguments);
  va_end(arguments);
  load_lost(load, connection, close_code, description);
}

// Those who measure the attacked calls would not understand a compressed answer.
static const char *extensions(const struct load *load) {
  bool offered = load->options.deflate && (load->workload == &attacker || load->workload == &fanout);
  return offered ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : "";
}

static void begin_upgrade(struct load *load, struct connection *connection) {
  char request[512];
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(connection->socket, SOL_SOCKET, SO_ERROR, &error, &size);
  if (error) {
    lose(load, connection, CLOSED_ABNORMALLY, "connect: %s", strerror(error));
    return;
  }
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
  epoll_ctl(load->epoll, EPOLL_CTL_MOD, connection->socket, &event);
  int length = snprintf(request, sizeof request,
                        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\n"
                        "Connection: Upgrade\r\nSec-WebSocket-Key: " UPGRADE_KEY "\r\n"
                        "Sec-WebSocket-Version: 13\r\n%s\r\n",
                        load->options.path, load->options.port, extensions(load));
  connection->state = UPGRADING;
  send_bytes(connection, request, (size_t)length);
}

// Returns where the frames begin, or 0 while the answer is incomplete.
static size_t end_upgrade(struct load *load, struct connection *connection, const char *input,
                          size_t length) {
  const char *end = memmem(input, length, "\r\n\r\n", 4);
  if (!end) return 0;
  size_t head = (size_t)(end + 4 - input);
  if (memcmp(input, "HTTP/1.1 101", 12) || !memmem(input, head, UPGRADE_ACCEPT, 28)) {
    lose(load, connection, CLOSED_ABNORMALLY, "no upgrade: %.*s", (int)head, input);
    return length;
  }
  connection->state = JOINING;
  load->dialect->upgraded(load, connection);
  return head;
}

static int close_code(const struct frame *frame) {
  const unsigned char *payload = (const unsigned char *)frame->payload;
  return frame->length < 2 ? CLOSED_ABNORMALLY : payload[0] << 8 | payload[1];
}

static void take_frame(struct load *load, struct connection *connection, struct frame *frame) {
  switch (frame->opcode) {
    case OP_TEXT:
    case OP_BINARY:
      if (frame->compressed) load_delivered(load, connection, NULL, 0);
      else load->dialect->received(load, connection, frame->payload, frame->length);
      break;
    case OP_PING:
      connection_send(connection, OP_PONG, frame->payload, frame->length);
      break;
    case OP_PONG:
      break;
    case OP_CLOSE:
      lose(load, connection, close_code(frame), "the server closed a connection in state %d with %d",
           connection->state, close_code(frame));
      break;
    default:
      fail("the server sent a frame with opcode %d in state %d", frame->opcode, connection->state);
  }
}

static bool in_frames(const struct connection *connection) {
  return connection->state == JOINING || connection->state == READY;
}

static void read_frames(struct load *load, struct connection *connection) {
  char *input;
  size_t length, at = 0, taken;
  long received = rest_read(&connection->rest, connection->socket, &input, &length);
  if (received == -1) return;
  if (received <= 0) {
    lose(load, connection, CLOSED_ABNORMALLY, "the server closed a connection in state %d",
         connection->state);
    return;
  }
  load->bytes += (uint64_t)received;
  if (connection->state == UPGRADING) at = end_upgrade(load, connection, input, length);
  struct frame frame;
  while (in_frames(connection) && (taken = frame_take(input + at, length - at, &frame))) {
    take_frame(load, connection, &frame);
    at += taken;
  }
  if (connection->state != LOST) rest_keep(&connection->rest, input + at, length - at);
}

void connection_proceed(struct load *load, struct connection *connection) {
  if (connection->state == CONNECTING) begin_upgrade(load, connection);
  else if (connection->state != LOST) read_frames(load, connection);
}
