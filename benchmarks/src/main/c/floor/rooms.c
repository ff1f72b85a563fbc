// SPDX-License-Identifier: MIT
#include "rooms.h"

#include "../shared/process.h"

static struct room rooms[ROOM_COUNT];
static int used;

struct room *room_of(int number) {
  if (number < 0 || number >= ROOM_COUNT) fail("there is no room %d", number);
  if (number >= used) used = number + 1;
  return &rooms[number];
}

void room_join(struct room *room, int socket) {
  if (room->count == room->capacity) {
    room->capacity = room->capacity ? room->capacity * 2 : 4;
    room->sockets = allocate(room->sockets, (uint64_t)room->capacity * sizeof(int));
  }
  room->sockets[room->count++] = socket;
}

void rooms_leave(int socket) {
  for (struct room *room = rooms; room < rooms + used; room++) {
    for (int i = 0; i < room->count; i++) {
      if (room->sockets[i] == socket) room->sockets[i--] = room->sockets[--room->count];
    }
  }
}
