// SPDX-License-Identifier: MIT
// What the messages of the load generator mean.
#ifndef MESSAGES_H
#define MESSAGES_H

#include <stddef.h>

// Sends all of it, waiting where it must.
void send_all(int socket, const char *bytes, size_t length);

// Does what one message of the socket asks for.
void message_handle(int socket, const char *text, size_t length);

#endif
