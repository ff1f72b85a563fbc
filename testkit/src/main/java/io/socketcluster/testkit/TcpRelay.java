// SPDX-License-Identifier: MIT
package io.socketcluster.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Carries TCP connections to a port of the loopback address, and lets them fail as the test says.
 * Connect to {@link #port} in place of the server's own port.
 *
 * <table>
 *   <caption>What a network does to a connection</caption>
 *   <tr><th>the network</th><th>here</th></tr>
 *   <tr><td>the cable is pulled: nothing arrives, and neither end is told</td><td>{@link #cut}, {@link #freeze}</td></tr>
 *   <tr><td>a router or a proxy ends connections</td><td>{@link #reset}</td></tr>
 *   <tr><td>the way is long</td><td>{@link #delay}</td></tr>
 *   <tr><td>the other end reads no more</td><td>{@link #pause}</td></tr>
 * </table>
 *
 * <p>A relay keeps at most 1 MiB in each direction of a connection, and carries at most 1,000
 * connections; further connections are ended at once. Thread-safe.
 */
public final class TcpRelay implements AutoCloseable {
  private static final int ANY_PORT = 0;
  private static final int BACKLOG = 50;
  private static final int MOST_CONNECTIONS = 1_000;

  private final ServerSocket listening;
  private volatile int target;
  private final RelayTraffic traffic = new RelayTraffic();
  private final Set<RelayConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean isCut;

  private TcpRelay(int target) {
    try {
      this.target = target;
      this.listening = new ServerSocket(ANY_PORT, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Carries connections from a free port to this port. */
  public static TcpRelay to(int port) {
    TcpRelay relay = new TcpRelay(port);
    Thread.ofVirtual().name("relay-" + relay.port()).start(relay::acceptAll);
    return relay;
  }

  /** Returns the port to connect to. */
  public int port() {
    return listening.getLocalPort();
  }

  /** Carries connections that are made from now on to another port, like a load balancer. */
  public void leadTo(int port) {
    target = port;
  }

  /** Returns how many connections it carries now, frozen ones among them. */
  public int connections() {
    return connections.size();
  }

  /** Returns how many bytes it has carried, in both directions together. */
  public long carriedBytes() {
    return traffic.carriedBytes();
  }

  /**
   * Loses everything that is sent from now on over the connections that exist, and ends none of
   * them, like a cable that is pulled. Later connections are carried.
   */
  public void freeze() {
    connections.forEach(RelayConnection::freeze);
  }

  /** Freezes all connections, also those that are made from now on, until {@link #heal}. */
  public void cut() {
    isCut = true;
    freeze();
  }

  /** Ends the connections that were frozen, and carries new ones again. */
  public void heal() {
    isCut = false;
    List<RelayConnection> lost = connections.stream().filter(RelayConnection::isFrozen).toList();
    lost.forEach(RelayConnection::close);
  }

  /** Ends all connections with a reset at both ends. Later connections are carried. */
  public void reset() {
    connections.forEach(RelayConnection::reset);
  }

  /** Lets all bytes that come from now on arrive later by this time, in both directions. */
  public void delay(Duration oneWay) {
    traffic.delay(oneWay);
  }

  /**
   * Reads no more after what fits into its buffers, until {@link #resume}: both ends see a peer
   * that has stopped to read.
   */
  public void pause() {
    traffic.pause();
  }

  /** Carries on after {@link #pause}; nothing was lost. */
  public void resume() {
    traffic.resume();
  }

  private void acceptAll() {
    try {
      while (true) {
        accept(listening.accept());
      }
    } catch (IOException e) {
      // this relay was closed
    }
  }

  private void accept(Socket near) throws IOException {
    if (connections.size() >= MOST_CONNECTIONS) {
      near.close();
      return;
    }
    try {
      Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
      carry(new RelayConnection(near, far, connections::remove));
    } catch (IOException e) { // nobody listens there now
      near.close();
    }
  }

  private void carry(RelayConnection connection) {
    connections.add(connection);
    if (isCut) { // looked at afterwards: cut() freezes all that are known
      connection.freeze();
    }
    connection.start(traffic);
    if (listening.isClosed()) { // likewise: close() ends all that are known
      connection.close();
    }
  }

  /** Ends all connections, and listens no more. */
  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    traffic.resume();
    connections.forEach(RelayConnection::close);
  }
}
