// SPDX-License-Identifier: MIT
#include "rest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "process.h"

static char shared_input[INPUT_CAPACITY];

long rest_read(struct rest *rest, int socket, char **input, size_t *length) {
  size_t kept = rest->length;
  if (kept == sizeof shared_input) fail("a message of more than %d bytes", INPUT_CAPACITY);
  if (kept) memcpy(shared_input, rest->bytes, kept);
  ssize_t received = recv(socket, shared_input + kept, sizeof shared_input - kept, 0);
  if (received < 0) return errno == EAGAIN || errno == EINTR ? -1 : -2;
  rest->length = 0;
  *input = shared_input;
  *length = kept + (size_t)received;
  return received;
}

void rest_keep(struct rest *rest, const char *bytes, size_t length) {
  if (!length) {
    if (rest->bytes) rest_free(rest);
    return;
  }
  if (rest->capacity < length) {
    rest->capacity = length + 256;
    rest->bytes = allocate(rest->bytes, rest->capacity);
  }
  memcpy(rest->bytes, bytes, length);
  rest->length = length;
}

void rest_free(struct rest *rest) {
  free(rest->bytes);
  *rest = (struct rest){0};
}
