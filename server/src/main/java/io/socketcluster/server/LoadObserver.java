// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Is notified when a limit of the server takes effect, so that an application can count for its
 * metrics. Every method does nothing by default. Without an observer nothing is computed for it.
 *
 * <p>The methods are called on event loops, several at a time for different sockets. They must be
 * thread-safe, must not block, and should only count. They may read a socket's id and counters. An
 * exception is logged at a bounded rate. Clients can cause as many notifications as they send
 * messages: count them, do not log them.
 */
public interface LoadObserver {
  /** An observer that does nothing. */
  LoadObserver NONE = new LoadObserver() {};

  /**
   * A publish was dropped for a socket that reads too slowly.
   *
   * @param bytes the size of the publish
   */
  default void publishDropped(AGServerSocket socket, int bytes) {}

  /**
   * A socket that reads too slowly is closed with 4010.
   *
   * @param waitingBytes the bytes that were queued for it
   */
  default void slowConsumerClosed(AGServerSocket socket, long waitingBytes) {}

  /**
   * Data is queued until a socket reads it. Notified at most every half second per socket, and not
   * at all while nothing is queued.
   *
   * @param messages the number of queued messages
   * @param bytes the number of queued bytes
   */
  default void outboundWaiting(AGServerSocket socket, int messages, long bytes) {}

  /**
   * A socket is closed because of the memory retained for it: with 1008 above {@code
   * socketMemoryLimit}, or with 1013 if all sockets together reached {@code memoryLimit} and this
   * socket is the largest.
   *
   * @param heldBytes the bytes retained for the socket
   */
  default void memoryLimited(AGServerSocket socket, long heldBytes) {}

  /**
   * A connection is queued for its handshake.
   *
   * @param waiting the number of queued connections, including this one
   */
  default void handshakeQueued(int waiting) {}

  /**
   * A connection was refused before its handshake.
   *
   * @param clientAddress the address of the client, or null if the transport has no addresses
   */
  default void handshakeRefused(HandshakeRefusal why, @Nullable InetAddress clientAddress) {}

  /**
   * A socket exceeds a rate limit; the server stops reading it until it is within the rate again.
   */
  default void rateLimited(AGServerSocket socket) {}
}
