// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.server.internal.options.ObserverPair;
import java.net.InetAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Observes what a server does: connections, messages, calls, publishes, and the limits that it
 * enforces. The place for metrics. Every method does nothing unless it is overridden.
 *
 * <p>The methods are called on the event loops of their sockets, several at the same time for
 * different sockets; {@link #callAnswered} is called on the thread that answers. They must be
 * thread-safe and must not block: they may only count and return. An exception that a method throws
 * is logged at a bounded rate and has no other effect. Clients cause the calls, so an observer must
 * not log them.
 */
public interface ServerObserver {
  /** Observes nothing. */
  ServerObserver NONE = new ServerObserver() {};

  /** A connection was upgraded: its socket exists, and the handshake of SocketCluster begins. */
  default void connectionOpened(AGServerSocket socket) {}

  /** The handshake of a socket is complete. */
  default void handshakeCompleted(AGServerSocket socket) {}

  /**
   * A socket closed, before or after its handshake.
   *
   * @param code the close code, 1006 for a lost connection
   */
  default void connectionClosed(AGServerSocket socket, int code) {}

  /**
   * A message arrived whole, whatever is in it: packets, batches, pongs.
   *
   * @param bytes the size of the message, before it is inflated if it came compressed
   */
  default void messageReceived(AGServerSocket socket, int bytes) {}

  /**
   * A message for one socket was sent: an answer, an event, a call, or a batch. Not called for
   * pings, nor for publishes outside of a batch: see {@link #publishDelivered}.
   *
   * @param bytes the size of the message, before it is compressed
   */
  default void messageSent(AGServerSocket socket, int bytes) {}

  /**
   * A call of a client was answered by its procedure.
   *
   * @param nanos the time between the arrival of the call and its answer, in nanoseconds
   * @param isError whether the answer is an error
   */
  default void callAnswered(AGServerSocket socket, String procedure, long nanos, boolean isError) {}

  /**
   * A call to a client ended, with an answer or without.
   *
   * @param nanos the time between the call and its end, in nanoseconds
   * @param isError whether the call failed: an error as answer, no answer in time, a lost
   *     connection
   */
  default void invokeCompleted(AGServerSocket socket, String event, long nanos, boolean isError) {}

  /** A publish of a client was passed to the broker: it was allowed and is well-formed. */
  default void published(AGServerSocket socket, String channel) {}

  /**
   * A publish, a client's or the server's, was handed to the sockets of one event loop. The sum
   * over the event loops is the fan-out.
   *
   * @param sockets how many sockets it was handed to
   * @param bytes the size of the message that each of them gets
   */
  default void publishDelivered(String channel, int sockets, int bytes) {}

  /**
   * A publish was dropped for a socket that reads too slowly.
   *
   * @param bytes the size of the message that was dropped
   */
  default void publishDropped(AGServerSocket socket, int bytes) {}

  /**
   * A socket that reads too slowly is closed with 4010.
   *
   * @param waitingBytes how many bytes waited to be read by it
   */
  default void slowConsumerClosed(AGServerSocket socket, long waitingBytes) {}

  /**
   * Messages wait for a socket to read them. Called at most every half second for each such socket,
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
   * @param heldBytes how many bytes were kept for the socket
   */
  default void memoryLimited(AGServerSocket socket, long heldBytes) {}

  /**
   * A connection has to wait for its handshake.
   *
   * @param waiting how many connections wait now, with this one
   */
  default void handshakeQueued(int waiting) {}

  /**
   * A connection was refused its upgrade to WebSocket.
   *
   * @param clientAddress the address of the client, or null when the transport has none
   */
  default void handshakeRefused(HandshakeRefusal why, @Nullable InetAddress clientAddress) {}

  /**
   * A plain HTTP request was answered with 503: {@code httpQueueLimit} requests waited already, or
   * it has waited for {@code handshakeTimeout}. Called on an event loop.
   *
   * @param clientAddress the address of the client, or null when the transport has none
   */
  default void requestRefused(@Nullable InetAddress clientAddress) {}

  /** A socket sends faster than a rate allows: it is not read until it is within the rate again. */
  default void rateLimited(AGServerSocket socket) {}

  /**
   * Returns an observer that tells this one and then another, for example for meters and for a
   * flight recording at the same time.
   */
  default ServerObserver andThen(ServerObserver next) {
    Objects.requireNonNull(next, "next");
    return equals(NONE) ? next : new ObserverPair(this, next);
  }
}
