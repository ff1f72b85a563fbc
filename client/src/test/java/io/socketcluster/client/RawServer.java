// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server that does with each connection what the test says, byte by byte if need be. */
public final class RawServer implements AutoCloseable {
  private static final int ANY_PORT = 0;
  private static final int BACKLOG = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ServerSocket listening;
  private final List<RawConnection> connections = new ArrayList<>();

  private RawServer(int port) {
    try {
      listening = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
      listening.setSoTimeout((int) PATIENCE.toMillis());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static RawServer start() {
    return new RawServer(ANY_PORT);
  }

  /** Returns a port that nobody listens on at the moment. */
  public static int freePort() {
    try (RawServer server = start()) {
      return server.port();
    }
  }

  public static RawServer startOn(int port) {
    return new RawServer(port);
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** Waits for the next connection. */
  public RawConnection accept() {
    try {
      RawConnection connection = new RawConnection(listening.accept(), PATIENCE);
      connections.add(connection);
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException("Nobody has connected", e);
    }
  }

  /** Waits for the next connection, and completes its handshake. */
  public RawConnection acceptOpen() {
    return acceptOpen(Duration.ofSeconds(60));
  }

  /** Waits for the next connection, and completes its handshake with this time of silence. */
  RawConnection acceptOpen(Duration pingTimeout) {
    RawConnection connection = accept();
    connection.upgrade();
    connection.answerHandshake(
        "{\"id\":\"raw\",\"pingTimeout\":"
            + pingTimeout.toMillis()
            + ",\"isAuthenticated\":false}");
    return connection;
  }

  /** Returns options for a socket of this server that does not connect by itself at first. */
  public AGClientOptions.Builder options() {
    return optionsFor(port());
  }

  static AGClientOptions.Builder optionsFor(int port) {
    return AGClientOptions.builder()
        .hostname("127.0.0.1")
        .port(port)
        .autoConnect(false)
        .autoReconnectOptions(
            new AutoReconnectOptions(
                Duration.ofMillis(10), Duration.ZERO, 1, Duration.ofMillis(100)));
  }

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
