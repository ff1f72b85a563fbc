// SPDX-License-Identifier: MIT
// Sockets that do to a server, again and again, what their scripts say or nothing at all.
#ifndef ATTACKERS_H
#define ATTACKERS_H

#include "companion.h"
#include "load.h"

extern const struct workload attacker;

// How many of them there are; 0 without --attackers and --silent.
int attackers_count(const struct options *options);

// Runs until the companion is stopped: `done` counts scripts that were played to their end, `failed`
// connections that the server ended.
void attack_until_stopped(struct load *load, struct companion *companion);

#endif
