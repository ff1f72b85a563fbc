// SPDX-License-Identifier: MIT
package io.socketcluster.sessions;

import io.socketcluster.protocol.errors.BrokerError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.store.StoreValues;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A session: its data, with the verbs of the store, and its sockets. All objects for one id are the
 * same session, on whichever server they are. Every method is thread-safe, and none blocks.
 *
 * <p>The data is one value of the store, so its limit is that of a value: 1 MiB by default.
 */
public interface AGSession extends StoreValues {
  /**
   * Returns the id: 27 URL-safe characters from 160 random bits. Who knows it is in the session:
   * never log it, and never send it to another client.
   */
  String id();

  /** Returns the sockets of the session on this server: an unmodifiable snapshot. */
  Set<AGServerSocket> sockets();

  /**
   * Transmits an event to all sockets of the session, on all servers that the broker engine joins.
   * Those of this server get it first.
   *
   * @param data any value that Jackson writes; null sends no data
   * @return complete when the other servers were told; a {@link BrokerError} if that failed, an
   *     {@link InvalidArgumentsError} if the data has no JSON form
   */
  CompletableFuture<Void> emit(String event, @Nullable Object data);

  /**
   * Ends the subscription of all sockets of the session to a channel, on all servers.
   *
   * @param message tells the clients why
   * @return complete when the other servers were told; a {@link BrokerError} if that failed
   */
  CompletableFuture<Void> kickOut(String channel, @Nullable String message);

  /** Closes all sockets of the session on all servers with 1000. Their clients stay away. */
  default CompletableFuture<Void> disconnect() {
    return disconnect(1000, null);
  }

  /**
   * Closes all sockets of the session, on all servers. The data stays.
   *
   * @param code 1000, or 3000 to 4999; clients connect again, unless it is 1000, or 4500 or more
   * @return complete when the other servers were told; a {@link BrokerError} if that failed, an
   *     {@link InvalidArgumentsError} if the code is another one
   */
  CompletableFuture<Void> disconnect(int code, @Nullable String reason);

  /**
   * Ends the session: removes its data, and closes its sockets on all servers with 1000. A client
   * that connects again with the same cookie or token begins an empty session with the same id.
   *
   * @return complete when the data is removed and the other servers were told; a {@link
   *     BrokerError} or the error of the store if that failed
   */
  CompletableFuture<Void> destroy();
}
