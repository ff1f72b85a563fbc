// SPDX-License-Identifier: MIT
// Sockets that call the procedure echo by the clock, one after the other: those that must not notice
// what others do. Latency counts from the moment a call was due.
#ifndef CALLS_H
#define CALLS_H

#include "load.h"

void calls_due(struct load *load, uint64_t time);

void calls_answered(struct load *load, struct connection *connection, const char *text,
                    size_t length);

void calls_lost(struct load *load, struct connection *connection, int close_code);

#endif
