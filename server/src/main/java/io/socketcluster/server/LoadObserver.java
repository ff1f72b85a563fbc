// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Learns what a server does to stay within its limits: the place to count for the metrics of an
 * application. Every method does nothing unless it is overridden; without an observer nothing is
 * looked up for it.
 *
 * <p>The methods are called on event loops, several at the same time for different sockets: they
 * must be thread-safe, may only count and return, and must not block. They may ask a socket for its
 * id and its counters. What they throw is logged at a bounded rate. A client can cause as many
 * calls as it sends messages: count, do not log.
 */
public interface LoadObserver {
  /** Observes nothing. */
  LoadObserver NONE = new LoadObserver() {};

  /**
   * A publish was left out for a socket that reads too slowly.
   *
   * @param bytes the size of what was left out
   */
  default void publishDropped(AGServerSocket socket, int bytes) {}

  /**
   * A socket reads too slowly and is closed with 4010.
   *
   * @param waitingBytes what waited for it to be read
   */
  default void slowConsumerClosed(AGServerSocket socket, long waitingBytes) {}

  /**
   * Something waits for a socket to read it. Told for each such socket every half second at most,
   * and not at all when nothing waits.
   *
   * @param messages how many messages wait
   * @param bytes how many bytes wait
   */
  default void outboundWaiting(AGServerSocket socket, int messages, long bytes) {}

  /**
   * A socket is closed because of the memory that is kept for it: more than {@code
   * socketMemoryLimit} with 1008, or with 1013 because all sockets together reached {@code
   * memoryLimit} and this is the largest.
   *
   * @param heldBytes what was kept for it
   */
  default void memoryLimited(AGServerSocket socket, long heldBytes) {}

  /**
   * A connection has to wait for its handshake.
   *
   * @param waiting how many wait now, with this one
   */
  default void handshakeQueued(int waiting) {}

  /**
   * A connection was refused its handshake.
   *
   * @param clientAddress the address of the client, or null when the transport has none
   */
  default void handshakeRefused(HandshakeRefusal why, @Nullable InetAddress clientAddress) {}

  /** A socket sends faster than a rate allows: it is not read until it is within the rate again. */
  default void rateLimited(AGServerSocket socket) {}
}
