// SPDX-License-Identifier: MIT
package io.socketcluster.spring.handlers;

import io.socketcluster.protocol.Payload;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The reason for a call of a bean's method: a socket, a message, or both.
 *
 * @param socket null for a message of a channel
 * @param data null for a connection
 */
record Occasion(AGServer server, @Nullable AGServerSocket socket, @Nullable Payload data) {
  AGServerSocket requireSocket() {
    return Objects.requireNonNull(socket, "socket");
  }
}
