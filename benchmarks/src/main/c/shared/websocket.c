// SPDX-License-Identifier: MIT
#include "websocket.h"

#include <string.h>

#include "process.h"

enum { FINAL = 0x80, COMPRESSED = 0x40, RESERVED = 0x30, MASKED = 0x80, LENGTH_16 = 126, LENGTH_64 = 127, MASK_BYTES = 4 };

size_t frame_header(char *out, int opcode, size_t length) {
  out[0] = (char)(FINAL | opcode);
  if (length < LENGTH_16) {
    out[1] = (char)length;
    return 2;
  }
  if (length > FRAME_PAYLOAD_MAX) fail("a message of %zu bytes is too long", length);
  out[1] = LENGTH_16;
  out[2] = (char)(length >> 8);
  out[3] = (char)length;
  return 4;
}

size_t frame_masked(char *out, int opcode, const char *payload, size_t length, uint32_t mask) {
  size_t at = frame_header(out, opcode, length);
  out[1] |= (char)MASKED;
  memcpy(out + at, &mask, MASK_BYTES);
  const char *key = out + at;
  at += MASK_BYTES;
  for (size_t i = 0; i < length; i++) out[at + i] = payload[i] ^ key[i % MASK_BYTES];
  return at + length;
}

// The payload's length, or -1 when not all of it is there; *at moves behind it.
static int64_t payload_length(const unsigned char *bytes, size_t available, size_t *at) {
  size_t length = bytes[1] & 0x7f;
  size_t more = length == LENGTH_64 ? 8 : length == LENGTH_16 ? 2 : 0;
  if (available < 2 + more) return -1;
  *at = 2 + more;
  if (!more) return (int64_t)length;
  length = 0;
  for (size_t i = 0; i < more; i++) length = length << 8 | bytes[2 + i];
  return (int64_t)length;
}

size_t frame_take(char *bytes, size_t available, struct frame *frame) {
  if (available < 2) return 0;
  size_t at = 0;
  int64_t length = payload_length((const unsigned char *)bytes, available, &at);
  if (length < 0) return 0;
  size_t mask = bytes[1] & MASKED ? MASK_BYTES : 0;
  if (available < at + mask + (size_t)length) return 0;
  if (!(bytes[0] & FINAL) || (bytes[0] & RESERVED)) fail("a fragmented or reserved frame");
  const char *key = bytes + at;
  frame->opcode = bytes[0] & 0x0f;
  frame->compressed = bytes[0] & COMPRESSED;
  frame->payload = bytes + at + mask;
  frame->length = (size_t)length;
  for (size_t i = 0; mask && i < frame->length; i++) frame->payload[i] ^= key[i % MASK_BYTES];
  return at + mask + (size_t)length;
}
