// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.jetstream;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.support.JsonValueUtils;
import io.socketcluster.broker.nats.order.Incoming;
import io.socketcluster.broker.nats.order.StreamOrder;
import io.socketcluster.protocol.errors.BrokerError;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Publishes to streams. The answers arrive by the dispatcher of the messages: JetStream republishes
 * a message before it answers, and a publisher has its own message then. Thread-safe.
 */
final class StreamPublishes {
  private final Connection connection;
  private final String inbox;
  private final AtomicLong count = new AtomicLong();
  private final Map<String, Published> waiting = new ConcurrentHashMap<>();
  private final StreamOrder order;

  /**
   * A message whose answer is to come.
   *
   * @param channel is the channel of its subscribers, or null if it has none
   */
  private record Published(@Nullable String channel, CompletableFuture<Long> sequence) {}

  StreamPublishes(Connection connection, Incoming incoming) {
    this.connection = connection;
    this.inbox = connection.createInbox() + ".";
    this.order = incoming.order();
    incoming.dispatcher().subscribe(inbox + "*", this::answered);
  }

  /** Publishes a message that no channel receives, as the other method does. */
  CompletableFuture<Long> publish(String subject, Headers headers, byte[] body) {
    return publish(null, subject, headers, body);
  }

  /**
   * Publishes a message; the future has its sequence number, or fails. It completes behind the
   * messages of the channel that are waiting.
   *
   * @throws IllegalArgumentException if the message is larger than the server allows
   */
  CompletableFuture<Long> publish(
      @Nullable String channel, String subject, Headers headers, byte[] body) {
    String address = inbox + count.incrementAndGet();
    CompletableFuture<Long> sequence = new CompletableFuture<>();
    waiting.put(address, new Published(channel, sequence));
    try {
      connection.publish(subject, address, headers, body);
    } catch (RuntimeException e) {
      waiting.remove(address);
      throw e;
    }
    return sequence;
  }

  private void answered(Message answer) {
    Published published = waiting.remove(answer.getSubject());
    if (published == null) {
      return; // nobody waits for it any more
    }
    if (published.channel() == null) {
      complete(published.sequence(), answer);
    } else {
      order.whenNoneWaits(published.channel(), () -> complete(published.sequence(), answer));
    }
  }

  private static void complete(CompletableFuture<Long> sequence, Message answer) {
    try {
      sequence.complete(sequence(answer));
    } catch (BrokerError e) {
      sequence.completeExceptionally(e);
    }
  }

  private static long sequence(Message answer) {
    if (answer.isStatusMessage()) { // nobody takes the subject
      throw new StreamRefusal(StreamRefusal.NO_STREAM, "stream not found");
    }
    return JsonValueUtils.readLong(StreamRequests.parsed(answer), "seq", 0);
  }

  /** Fails what waits for an answer. */
  void close() {
    BrokerError lost = new BrokerError("The connection to NATS was lost before JetStream answered");
    waiting.values().forEach(each -> each.sequence().completeExceptionally(lost));
  }
}
