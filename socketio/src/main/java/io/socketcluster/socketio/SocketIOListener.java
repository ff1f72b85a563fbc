// SPDX-License-Identifier: MIT
package io.socketcluster.socketio;

import io.socketcluster.server.AGServer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The {@code Listener} of the old server: all of its clients. Thread-safe.
 *
 * <p>Handlers run on virtual threads. Those of one client run one after the other: {@code
 * clientConnect}, then its messages in order, then {@code clientDisconnect}. Handlers of different
 * clients run at the same time.
 */
public interface SocketIOListener {
  /** Returns the server whose port it shares. */
  AGServer server();

  /** Returns the options, with the defaults. */
  SocketIOOptions options();

  /**
   * Returns a view of the connected clients by their session ids. A session id is the secret of its
   * client: tell no other client.
   */
  Map<String, SocketIOClient> clients();

  /** Calls a handler with each client that connects. */
  SocketIOListener onClientConnect(Consumer<? super SocketIOClient> handler);

  /**
   * Calls a handler with each message and the client that sent it. A text arrives as a JSON string.
   */
  SocketIOListener onClientMessage(BiConsumer<? super JsonNode, ? super SocketIOClient> handler);

  /** Calls a handler with each client that has gone. */
  SocketIOListener onClientDisconnect(Consumer<? super SocketIOClient> handler);

  /** Removes a handler from all events; without effect if it was never added. */
  SocketIOListener removeListener(Object handler);

  /**
   * Sends a message to all clients, also those between two polls.
   *
   * @param message as {@link SocketIOClient#send} takes it
   */
  default SocketIOListener broadcast(@Nullable Object message) {
    return broadcast(message, List.of());
  }

  /**
   * Sends a message to all clients but one.
   *
   * @param except the session id of that client
   */
  default SocketIOListener broadcast(@Nullable Object message, String except) {
    return broadcast(message, List.of(except));
  }

  /**
   * Sends a message to all clients but some.
   *
   * @param except the session ids of those clients
   */
  SocketIOListener broadcast(@Nullable Object message, Collection<String> except);
}
