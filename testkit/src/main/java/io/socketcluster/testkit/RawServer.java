// SPDX-License-Identifier: MIT
package io.socketcluster.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A server of the loopback address that treats each connection as the test says, byte by byte if
 * need be: for what a real server never does. {@link #accept} waits for a client.
 */
public final class RawServer implements AutoCloseable {
  private static final int ANY_PORT = 0;
  private static final int BACKLOG = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ServerSocket listening;
  private final Queue<RawConnection> connections = new ConcurrentLinkedQueue<>();

  private RawServer(int port) {
    try {
      listening = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
      listening.setSoTimeout((int) PATIENCE.toMillis());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Listens on a free port. */
  public static RawServer start() {
    return new RawServer(ANY_PORT);
  }

  /** Listens on a port, for example that of a server that has gone. */
  public static RawServer startOn(int port) {
    return new RawServer(port);
  }

  /** Returns a port that nobody listens on at the moment. */
  public static int freePort() {
    try (RawServer server = start()) {
      return server.port();
    }
  }

  /** Returns the port that this server listens on. */
  public int port() {
    return listening.getLocalPort();
  }

  /** Waits for the next TCP connection, for a minute at most, and sends nothing. */
  public RawConnection accept() {
    try {
      RawConnection connection = new RawConnection(listening.accept(), PATIENCE);
      connections.add(connection);
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException("Nobody has connected", e);
    }
  }

  /** Waits for the next connection, and completes its upgrade and its {@code #handshake}. */
  public RawConnection acceptOpen() {
    return acceptOpen(PATIENCE);
  }

  /**
   * Waits for the next connection, and completes its upgrade and its {@code #handshake}, whose
   * answer tells the client to give up after this time without a ping.
   */
  public RawConnection acceptOpen(Duration pingTimeout) {
    RawConnection connection = accept();
    connection.upgrade();
    connection.answerHandshake(
        "{\"id\":\"raw\",\"pingTimeout\":"
            + pingTimeout.toMillis()
            + ",\"isAuthenticated\":false}");
    return connection;
  }

  /** Ends all connections and listens no more. */
  @Override
  public void close() {
    connections.forEach(RawConnection::close);
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
