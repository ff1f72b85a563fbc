// SPDX-License-Identifier: MIT
#ifndef OPTIONS_H
#define OPTIONS_H

#include <sys/types.h>

struct options {
  const char *workload, *protocol, *path, *script;
  int port, connections, seconds, warmup, size, window, room, depth, rate, subscribe, opening;
  int slow, publishes, flooders, storm, attackers, silent, silent_rate, newcomers, deflate;
  pid_t pid;
};

// Ends the process, with status 2, when the arguments make no sense.
struct options options_parse(int count, char **arguments);

#endif
