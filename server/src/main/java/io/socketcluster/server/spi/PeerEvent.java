// SPDX-License-Identifier: MIT
package io.socketcluster.server.spi;

import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.HandshakeRefusal;
import org.jspecify.annotations.Nullable;

/**
 * An event between a transport and the handler of a {@link SocketEndpoint}, besides messages: a
 * user event of the pipeline.
 */
public sealed interface PeerEvent {
  /** Told by the transport: something came that is no message, so the client lives. */
  enum Heard implements PeerEvent {
    HEARD
  }

  /**
   * Told by the transport: the client leaves. The socket closes with this code.
   *
   * @param code 1005 when the client gave none
   */
  record Left(int code, String reason) implements PeerEvent {}

  /** Told by the handler: the connection is admitted, and there is a socket, which is not open. */
  record Accepted(AGServerSocket socket) implements PeerEvent {}

  /**
   * Told by the handler before it closes the channel: the connection is refused and has no socket.
   *
   * @param error the error of the handshake middleware, or null
   */
  record Refused(HandshakeRefusal why, @Nullable Throwable error) implements PeerEvent {}
}
