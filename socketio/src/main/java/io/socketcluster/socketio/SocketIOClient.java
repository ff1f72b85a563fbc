// SPDX-License-Identifier: MIT
package io.socketcluster.socketio;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.UpgradeRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The {@code Client} of the old server: one client and its session. Thread-safe. */
public interface SocketIOClient {
  /** Returns the listener that this client belongs to. */
  SocketIOListener listener();

  /** Returns the socket of the server, which middleware and {@code clients} of the server show. */
  AGServerSocket socket();

  /**
   * Returns the session id. It is the secret of the client, which proves with it that a request is
   * its own: tell no other client. {@code socket().id()} is a name that everybody may know.
   */
  String sessionId();

  /** Returns the transport. */
  SocketIOTransport transport();

  /** Returns the request that opened the session, with its cookies. */
  default UpgradeRequest request() {
    return socket().request();
  }

  /** Returns whether the client is connected, which it is between two polls, too. */
  boolean connected();

  /** Returns how many requests have opened a connection of the session: each poll does. */
  int connections();

  /**
   * Sends a message. It waits if no connection is open, within {@code outboundBufferLimit}.
   *
   * @param message a record, a bean, a map or a JSON object is sent as JSON; null as the empty
   *     text; the elements of a list as a message each; everything else as text
   * @throws InvalidArgumentsError if the message has no JSON form
   */
  SocketIOClient send(@Nullable Object message);

  /** Sends a message to all other clients. */
  default SocketIOClient broadcast(@Nullable Object message) {
    listener().broadcast(message, sessionId());
    return this;
  }

  /**
   * Ends the session. The protocol has no word for that: the client sees a lost connection, and
   * those of 0.6.18 connect again.
   */
  void disconnect();

  /**
   * Calls a handler with each message of the client, in order. A text arrives as a JSON string. A
   * handler that is added in {@link SocketIOListener#onClientConnect} misses nothing.
   */
  SocketIOClient onMessage(Consumer<? super JsonNode> handler);

  /** Calls a handler when the client has gone, after its last message. */
  SocketIOClient onDisconnect(Runnable handler);

  /** Removes a handler from all events; without effect if it was never added. */
  SocketIOClient removeListener(Object handler);
}
