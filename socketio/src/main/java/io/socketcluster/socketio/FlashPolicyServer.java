// SPDX-License-Identifier: MIT
package io.socketcluster.socketio;

import io.socketcluster.protocol.errors.HTTPServerError;
import io.socketcluster.server.AGServer;
import io.socketcluster.socketio.internal.FlashPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A port for Flash movies, which ask port 843 for a policy first and wait for seconds if nobody is
 * there. The port of the server answers them, too, so this one is optional. Thread-safe.
 */
public final class FlashPolicyServer implements AutoCloseable {
  private static final int MOST_AT_A_TIME = 64;
  private static final int READ_MILLIS = 1000;
  private static final int MOST_READ = 64;
  private static final long RETRY_NANOS = 100_000_000;

  private final ServerSocket port;
  private final byte[] policy;
  private final Semaphore places = new Semaphore(MOST_AT_A_TIME);

  private FlashPolicyServer(ServerSocket port, byte[] policy) {
    this.port = port;
    this.policy = policy;
  }

  /**
   * Listens on a port until it is closed. Each connection is sent the policy of the server's option
   * {@code origins} at once, and closed.
   *
   * @param port 843 for movies, which on most systems needs a privilege; 0 lets the system choose
   * @throws IllegalArgumentException when the port is not between 0 and 65535
   * @throws HTTPServerError when the port cannot be bound
   */
  public static FlashPolicyServer listen(AGServer server, int port) {
    try {
      byte[] policy = new FlashPolicy(server.options().origins()).toBytes();
      FlashPolicyServer started = new FlashPolicyServer(new ServerSocket(port), policy);
      Thread.ofVirtual().name("flash-policy").start(started::serve);
      return started;
    } catch (IOException e) {
      throw new HTTPServerError(
          "Cannot listen on port " + port + " for Flash movies: " + e.getMessage(), e);
    }
  }

  /** Returns the port that is bound. */
  public int port() {
    return port.getLocalPort();
  }

  private void serve() {
    while (!port.isClosed()) {
      try {
        Socket client = port.accept();
        places.acquireUninterruptibly();
        Thread.ofVirtual().name("flash-policy").start(() -> answer(client));
      } catch (IOException e) {
        // closed; or the client has gone already; or the system is out of file descriptors
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }

  private void answer(Socket client) {
    try (client) {
      client.setSoTimeout(READ_MILLIS);
      client.getOutputStream().write(policy);
      client.shutdownOutput();
      InputStream request = client.getInputStream(); // unread, it would reset the connection
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READ_MILLIS);
      for (int left = MOST_READ; left > 0 && System.nanoTime() < end; left--) {
        if (request.read() < 0) {
          return;
        }
      }
    } catch (IOException e) {
      // the client has gone, or has said nothing
    } finally {
      places.release();
    }
  }

  /** Listens no more. */
  @Override
  public void close() {
    try {
      port.close();
    } catch (IOException e) {
      throw new AssertionError("A port that is bound can be closed", e);
    }
  }
}
