// SPDX-License-Identifier: MIT
// The bytes of an incomplete message, kept until more of them arrive.
#ifndef REST_H
#define REST_H

#include <stddef.h>

struct rest {
  char *bytes;
  size_t length, capacity;
};

enum { INPUT_CAPACITY = 1 << 20 };

// Reads what a socket has, behind what was kept, into a buffer that all connections share; ends
// the process when a message does not fit. Returns the bytes that were read, 0 at the end of the
// stream, -1 when there is nothing yet, -2 when the connection broke.
long rest_read(struct rest *rest, int socket, char **input, size_t *length);

// Keeps the bytes for the next read.
void rest_keep(struct rest *rest, const char *bytes, size_t length);

void rest_free(struct rest *rest);

#endif
