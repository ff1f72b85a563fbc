// SPDX-License-Identifier: MIT
package io.socketcluster.core;

/**
 * The batches of a socket: several packets sent as one message. Every method is thread-safe and
 * none of them blocks.
 */
public interface BatchFamily {
  /**
   * Begins a batch: everything that the socket sends from now on (events, calls, answers,
   * publishes) waits until {@link #flushBatch} sends it as one message. A batch that reaches 64 KiB
   * is sent at once. Closing the socket sends the batch. Without effect if a batch has begun.
   */
  void startBatch();

  /** Sends the batch that has begun. Later packets are sent without delay. */
  void flushBatch();

  /**
   * Drops the batch that has begun: calls in it fail when their {@code ackTimeout} is over. A
   * client's subscriptions and logouts in it are sent all the same, so that the server knows the
   * state that the socket shows.
   */
  void cancelBatch();

  /**
   * Begins batches, one after the other, each sent {@code batchInterval} after its first packet. A
   * client's socket batches on its later connections, too.
   */
  void startBatching();

  /** Sends the batch that has begun. Later packets are sent without delay. */
  void stopBatching();

  /** Drops the batch that has begun, as {@link #cancelBatch}. Later packets go without delay. */
  void cancelBatching();

  /** Returns whether a packet that is sent now waits for a batch. */
  boolean isBufferingBatch();

  /** Returns whether {@link #startBatching} is in force. */
  boolean isBatching();
}
