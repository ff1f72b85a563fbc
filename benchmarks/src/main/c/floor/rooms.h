// SPDX-License-Identifier: MIT
// Who is in which room. A room has a number, as the load generator's have.
#ifndef ROOMS_H
#define ROOMS_H

enum { ROOM_COUNT = 1 << 16 };

struct room {
  int *sockets, count, capacity;
};

// Ends the process when there is no such room.
struct room *room_of(int number);

void room_join(struct room *room, int socket);

void rooms_leave(int socket);

#endif
