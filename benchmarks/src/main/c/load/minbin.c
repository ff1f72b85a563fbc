// SPDX-License-Identifier: MIT
// The SocketCluster protocol, version 2, in MessagePack as sc-codec-min-bin has it: a map of one
// member, p [channel, data], e [event, data, cid] or r [rid, error, data], or an array of such maps.
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>

#include "../shared/process.h"
#include "../shared/websocket.h"
#include "connection.h"

enum { HANDSHAKE_CALL = 1, SUBSCRIBE_CALL = 2 };

enum {
  MAP = 0x80, ARRAY = 0x90, TEXT = 0xa0, NIL = 0xc0, UINT_8 = 0xcc, UINT_16 = 0xcd, UINT_32 = 0xce,
  UINT_64 = 0xcf, DOUBLE = 0xcb, TEXT_8 = 0xd9, TEXT_16 = 0xda, ARRAY_16 = 0xdc, SMALL = 0x0f
};

// Numbers are written whole, at their longest: then each message of a kind has one length.
static char *put_number(char *out, uint64_t value) {
  *out++ = (char)UINT_64;
  for (int shift = 56; shift >= 0; shift -= 8) *out++ = (char)(value >> shift);
  return out;
}

static char *put_text(char *out, const char *text, size_t length) {
  if (length < 32) {
    *out++ = (char)(TEXT | (int)length);
  } else {
    *out++ = (char)TEXT_16;
    *out++ = (char)(length >> 8);
    *out++ = (char)length;
  }
  memcpy(out, text, length);
  return out + length;
}

static char *put_word(char *out, const char *word) { return put_text(out, word, strlen(word)); }

static char *put_room(char *out, int room) {
  char name[32];
  int length = snprintf(name, sizeof name, "room%d", room);
  return put_text(out, name, (size_t)length);
}

static char *put_form(char *out, char kind, int elements) {
  *out++ = (char)(MAP | 1);
  out = put_text(out, &kind, 1);
  *out++ = (char)(ARRAY | elements);
  return out;
}

static void handshake(struct load *load, struct connection *connection) {
  char bytes[64], *end = put_word(put_form(bytes, 'e', 3), "#handshake");
  (void)load;
  *end++ = (char)(MAP | 1);
  end = put_word(end, "authToken");
  *end++ = (char)NIL;
  end = put_number(end, HANDSHAKE_CALL);
  connection->last_call = HANDSHAKE_CALL;
  connection_send(connection, OP_BINARY, bytes, (size_t)(end - bytes));
}

static void subscribe(struct connection *connection) {
  char bytes[128], *end = put_word(put_form(bytes, 'e', 3), "#subscribe");
  *end++ = (char)(MAP | 1);
  end = put_room(put_word(end, "channel"), connection->room);
  end = put_number(end, SUBSCRIBE_CALL);
  connection->last_call = SUBSCRIBE_CALL;
  connection_send(connection, OP_BINARY, bytes, (size_t)(end - bytes));
}

static void answered(struct load *load, struct connection *connection, const char *bytes,
                     size_t length) {
  if (connection->state != JOINING) load_answered(load, connection, bytes, length);
  else if (connection->last_call == HANDSHAKE_CALL && load_subscribes(load)) subscribe(connection);
  else load_ready(load, connection);
}

static void packet(struct load *load, struct connection *connection, const char *bytes,
                   size_t length) {
  char kind = length > 2 ? bytes[2] : 0;
  if (kind == 'r') answered(load, connection, bytes, length);
  else if (kind == 'p') load_delivered(load, connection, bytes, length);
}

static size_t number_at(const char *bytes, int count) {
  size_t number = 0;
  for (int i = 0; i < count; i++) number = number << 8 | (unsigned char)bytes[i];
  return number;
}

static const char *value_end(const char *at);

static const char *values_end(const char *at, size_t count) {
  while (count--) at = value_end(at);
  return at;
}

// Returns where the value ends that begins there: one of those that a server of a benchmark sends.
static const char *value_end(const char *at) {
  int type = (unsigned char)*at++;
  if (type < MAP || type >= 0xe0 || (type >= NIL && type <= 0xc3)) return at;
  if (type < ARRAY) return values_end(at, (size_t)(type & SMALL) * 2);
  if (type < TEXT) return values_end(at, (size_t)(type & SMALL));
  if (type < NIL) return at + (type & 0x1f);
  switch (type) {
    case UINT_8: return at + 1;
    case UINT_16: return at + 2;
    case UINT_32: return at + 4;
    case UINT_64:
    case DOUBLE: return at + 8;
    case TEXT_8: return at + 1 + number_at(at, 1);
    case TEXT_16: return at + 2 + number_at(at, 2);
    default: fail("a value of the kind %x", type);
  }
}

static void batch(struct load *load, struct connection *connection, const char *at, size_t count) {
  while (count--) {
    const char *end = value_end(at);
    packet(load, connection, at, (size_t)(end - at));
    at = end;
  }
}

static void received(struct load *load, struct connection *connection, const char *bytes,
                     size_t length) {
  int type = length ? (unsigned char)*bytes : 0;
  if (!length) {
    load_pinged(load, connection);
    connection_send(connection, OP_TEXT, "", 0);
  } else if (type == ARRAY_16) {
    batch(load, connection, bytes + 3, number_at(bytes + 1, 2));
  } else if (type >= ARRAY && type < TEXT) {
    batch(load, connection, bytes + 1, (size_t)(type & SMALL));
  } else {
    packet(load, connection, bytes, length);
  }
}

static char *put_payload(char *out, const struct load *load) {
  return put_text(put_text(out, "p", 1), load->payload, (size_t)load->options.size);
}

static int publish(const struct load *load, const struct connection *connection, char *out,
                   uint64_t time) {
  char *end = put_room(put_form(out, 'p', 2), connection->room);
  *end++ = (char)(MAP | 3);
  end = put_number(put_text(end, "t", 1), time);
  end = put_number(put_text(end, "m", 1), (uint64_t)connection->member);
  return (int)(put_payload(end, load) - out);
}

static int call(const struct load *load, const struct connection *connection, char *out,
                uint64_t time) {
  char *end = put_word(put_form(out, 'e', 3), "echo");
  *end++ = (char)(MAP | (time ? 2 : 1));
  if (time) end = put_number(put_text(end, "t", 1), time);
  end = put_payload(end, load);
  return (int)(put_number(end, connection->last_call) - out);
}

static uint64_t number(const char *bytes, size_t length, char name) {
  const char field[] = {(char)(TEXT | 1), name, (char)UINT_64};
  const char *found = memmem(bytes, length, field, sizeof field);
  if (!found) fail("a message without %c", name);
  return number_at(found + sizeof field, 8);
}

const struct dialect min_bin = {"min-bin", "/socketcluster/", OP_BINARY, handshake, received,
                                publish, call, number};
