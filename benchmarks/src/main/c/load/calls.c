// SPDX-License-Identifier: MIT
#include "calls.h"

#include "../shared/process.h"

void calls_due(struct load *load, uint64_t time) {
  static int next;
  struct connection *caller = &load->connections[next++ % load->options.connections];
  if (caller->state == READY) load_call(load, caller, time);
}

void calls_answered(struct load *load, struct connection *connection, const char *text,
                    size_t length) {
  (void)connection;
  if (load->measuring) samples_add(&load->latency, message_age(load, text, length));
}

// It is counted, and reported.
void calls_lost(struct load *load, struct connection *connection, int close_code) {
  (void)load;
  (void)connection;
  (void)close_code;
}
