// SPDX-License-Identifier: MIT
/** Ids and cookies, the sockets of this server, messages between servers, the life of the data. */
@NullMarked
package io.socketcluster.sessions.internal;

import org.jspecify.annotations.NullMarked;
