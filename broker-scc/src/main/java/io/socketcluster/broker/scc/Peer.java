// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.core.AGSocket;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.BrokerError;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The state server or a broker of a cluster, as this server sees it. Immutable. */
final class Peer {
  private static final int OUTBOUND_LIMIT = 256 << 20; // more than a batch of publishes has
  private static final int LARGEST_MESSAGE = 256 << 20;
  private static final int REASON_MILLIS = 200;

  private final SccOptions options;
  private final String name;

  /**
   * @param name its kind and its address, for messages
   */
  Peer(SccOptions options, String name) {
    this.options = options;
    this.name = name;
  }

  String name() {
    return name;
  }

  /** Returns the options that all connections of a seat have in common. */
  AGClientOptions.Builder connection() {
    AGClientOptions.Builder connection =
        AGClientOptions.builder()
            .autoConnect(false)
            .connectTimeout(options.limits().timeout())
            .ackTimeout(options.limits().timeout())
            .outboundBufferLimit(OUTBOUND_LIMIT)
            .maxPayload(LARGEST_MESSAGE)
            .sslContext(options.sslContext());
    if (options.authKey() != null) {
      connection.query("authKey", options.authKey());
    }
    return connection;
  }

  /**
   * Opens a connection that ends for good when it is lost.
   *
   * @throws BrokerError when there is none; the message names the setting that has to be changed
   */
  AGClientSocket open(AGClientOptions.Builder connection) throws InterruptedException {
    AGClientSocket socket = SocketClusterClient.create(connection.autoReconnect(false).build());
    CompletableFuture<Void> opened = new CompletableFuture<>();
    socket.listener(AGSocket.CONNECT).consume(event -> opened.complete(null), Runnable::run);
    socket
        .listener(AGSocket.ERROR)
        .consume(event -> opened.completeExceptionally(event.error()), Runnable::run);
    socket.listener(AGSocket.CLOSE).consume(event -> closed(opened, event.code()), Runnable::run);
    socket.connect();
    try {
      // The handshake has a limit of its own, behind that of the connection.
      opened.get(2 * options.limits().timeout().toMillis(), TimeUnit.MILLISECONDS);
      return socket;
    } catch (TimeoutException | ExecutionException e) {
      close(socket);
      throw failure(e.getCause() == null ? e : e.getCause());
    }
  }

  /** The error, which says more, comes right after the end of the connection. */
  private void closed(CompletableFuture<Void> opened, int code) {
    CompletableFuture.delayedExecutor(REASON_MILLIS, TimeUnit.MILLISECONDS)
        .execute(
            () ->
                opened.completeExceptionally(
                    new BrokerError(name + " has closed the connection with " + code)));
  }

  static void close(AGClientSocket socket) {
    socket.disconnect();
    socket.killAllStreams();
  }

  /** Says what is wrong, and which setting has to be changed if it is one. */
  BrokerError failure(Throwable cause) {
    return cause instanceof BrokerError known
        ? known
        : new BrokerError("Cannot connect to " + name + ": " + explained(cause), cause);
  }

  private String explained(Throwable cause) {
    String message = reason(cause);
    if (message.contains("401")) {
      return "it refuses the authKey"
          + (options.authKey() == null ? ", which is not set" : "")
          + " ("
          + message
          + ")";
    }
    if (cause instanceof AGException refused && refused.name().equals("CompatibilityError")) {
      return "it refuses the version " + options.instance().version() + ": " + message;
    }
    return message;
  }

  private static String reason(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    for (Throwable next = cause.getCause(); next != null; next = next.getCause()) {
      String more = next.getMessage();
      if (next.getCause() == null && more != null && !message.contains(more)) {
        return message + ", " + more;
      }
    }
    return message;
  }
}
