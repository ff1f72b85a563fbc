// SPDX-License-Identifier: MIT
// The part of RFC 6455 that a message of a benchmark can meet.
#ifndef WEBSOCKET_H
#define WEBSOCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OP_TEXT = 1, OP_BINARY = 2, OP_CLOSE = 8, OP_PING = 9, OP_PONG = 10 };

enum { FRAME_HEADER_MAX = 14, FRAME_PAYLOAD_MAX = 65535 };

// Every upgrade asks with the example key of the RFC, so there is one right answer.
#define UPGRADE_KEY "dGhlIHNhbXBsZSBub25jZQ=="
#define UPGRADE_ACCEPT "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

struct frame {
  int opcode;
  bool compressed; // by permessage-deflate
  char *payload;
  size_t length;
};

// Writes the header of an unmasked frame; returns its length.
size_t frame_header(char *out, int opcode, size_t length);

// Writes a whole masked frame, for which out must have room; returns its length.
size_t frame_masked(char *out, int opcode, const char *payload, size_t length, uint32_t mask);

// Takes the frame at the start of the bytes, unmasked in place; returns its length with the header,
// or 0 when it is incomplete.
size_t frame_take(char *bytes, size_t length, struct frame *frame);

#endif
