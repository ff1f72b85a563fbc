// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.connection;

import io.socketcluster.core.connection.ConnectionTimer;
import io.socketcluster.core.connection.OutboundBatch;
import io.socketcluster.protocol.CodecEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The messages in the batch of a connection, each with a task for its end. Event loop only. */
final class ConnectionBatch {
  private final CodecEngine codec;
  private final BiConsumer<byte[], Runnable> sender;
  private final OutboundBatch timing;
  private final List<Batched> messages = new ArrayList<>();

  /**
   * A message in the batch.
   *
   * @param isOwn the socket itself depends on it: it is sent also when the batch is dropped
   * @param onGone runs when nothing of it waits
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Batched(byte[] message, boolean isOwn, Runnable onGone) {}

  /**
   * Begins empty.
   *
   * @param sender sends a message, and runs the task when nothing of it waits
   */
  ConnectionBatch(
      ConnectionTimer timer,
      Duration interval,
      CodecEngine codec,
      BiConsumer<byte[], Runnable> sender) {
    this.codec = codec;
    this.sender = sender;
    this.timing = new OutboundBatch(timer, interval, this::sendBatch);
  }

  OutboundBatch timing() {
    return timing;
  }

  /** Sends a message: with the batch if there is one now, else at once. */
  void send(byte[] message, boolean isOwn, Runnable onGone) {
    if (timing.isBuffering()) {
      messages.add(new Batched(message, isOwn, onGone)); // first: the batch may be sent at once
      timing.add(message);
    } else {
      sender.accept(message, onGone);
    }
  }

  private void sendBatch(List<byte[]> batch) {
    List<Batched> sent = take();
    sender.accept(codec.join(batch), () -> sent.forEach(message -> message.onGone().run()));
  }

  /** The application has dropped the batch: what is the socket's own is sent all the same. */
  void dropped() {
    for (Batched dropped : take()) {
      if (dropped.isOwn()) {
        sender.accept(dropped.message(), dropped.onGone());
      } else {
        dropped.onGone().run();
      }
    }
  }

  /** The connection has ended, and the batch with it. */
  void abort() {
    timing.cancelBatching();
    take().forEach(lost -> lost.onGone().run());
  }

  private List<Batched> take() {
    List<Batched> taken = List.copyOf(messages);
    messages.clear();
    return taken;
  }
}
