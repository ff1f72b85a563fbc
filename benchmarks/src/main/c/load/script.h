// SPDX-License-Identifier: MIT
// Bytes that attackers send: a file of blocks, each behind its length in four bytes, big-endian.
#ifndef SCRIPT_H
#define SCRIPT_H

#include <stddef.h>

struct block {
  const char *bytes;
  size_t length;
};

struct script {
  struct block *blocks;
  int count;
};

// Ends the process when the file is no script.
struct script script_read(const char *file);

#endif
