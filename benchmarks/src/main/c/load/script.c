// SPDX-License-Identifier: MIT
#include "script.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "../shared/process.h"

enum { LENGTH_BYTES = 4 };

static char *contents(const char *file, size_t *length) {
  FILE *in = fopen(file, "rb");
  if (!in) fail_errno(file);
  if (fseek(in, 0, SEEK_END)) fail_errno(file);
  long size = ftell(in);
  rewind(in);
  char *bytes = allocate(NULL, (uint64_t)size + 1);
  *length = fread(bytes, 1, (size_t)size, in);
  fclose(in);
  return bytes;
}

static size_t block_length(const unsigned char *at) {
  return (size_t)at[0] << 24 | (size_t)at[1] << 16 | (size_t)at[2] << 8 | at[3];
}

struct script script_read(const char *file) {
  struct script script = {0};
  size_t length;
  const char *bytes = contents(file, &length), *end = bytes + length;
  while (end - bytes > LENGTH_BYTES) {
    size_t size = block_length((const unsigned char *)bytes);
    bytes += LENGTH_BYTES;
    if (size > (size_t)(end - bytes)) break;
    script.blocks = allocate(script.blocks, ((uint64_t)script.count + 1) * sizeof *script.blocks);
    script.blocks[script.count++] = (struct block){bytes, size};
    bytes += size;
  }
  if (bytes != end || !script.count) fail("%s is no script", file);
  return script;
}
