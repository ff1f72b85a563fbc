// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.inbound;

import io.socketcluster.client.internal.connection.Connection;
import io.socketcluster.client.internal.connection.CurrentConnection;
import io.socketcluster.client.internal.events.ClientEvents;
import io.socketcluster.client.internal.loop.SocketLoop;
import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.protocol.errors.BadConnectionError;

/** Sends the answers of handlers. Thread-safe. */
public final class Responder {
  private final SocketLoop loop;
  private final CurrentConnection current;
  private final ClientEvents events;

  /** Creates the responder of a socket. */
  public Responder(SocketLoop loop, CurrentConnection current, ClientEvents events) {
    this.loop = loop;
    this.current = current;
    this.events = events;
  }

  /** A handler has answered a call that came on a connection, perhaps too late. */
  void respond(Connection asked, ResponsePacket response) {
    loop.run(
        () -> {
          if (current.isCurrent(asked)) {
            asked.answer(response);
          } else {
            String message = "The answer to call " + response.rid() + " came after the disconnect";
            events.error(new BadConnectionError(message, "disconnect"));
          }
        });
  }
}
