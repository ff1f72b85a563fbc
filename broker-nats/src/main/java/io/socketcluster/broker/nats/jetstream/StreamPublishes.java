// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.jetstream;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.support.JsonValueUtils;
import io.socketcluster.protocol.errors.BrokerError;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Publishes to streams. The answers arrive by the dispatcher of the messages: JetStream republishes
 * a message before it answers, and a publisher has its own message then. Thread-safe.
 */
final class StreamPublishes {
  private final Connection connection;
  private final String inbox;
  private final AtomicLong count = new AtomicLong();
  private final Map<String, CompletableFuture<Long>> waiting = new ConcurrentHashMap<>();

  StreamPublishes(Connection connection, Incoming incoming) {
    this.connection = connection;
    this.inbox = connection.createInbox() + ".";
    StreamOrder order = incoming.order();
    incoming
        .dispatcher()
        .subscribe(inbox + "*", answer -> order.whenNoneWaits(() -> answered(answer)));
  }

  /**
   * Publishes a message; the future has its sequence number, or fails.
   *
   * @throws IllegalArgumentException if the message is larger than the server allows
   */
  CompletableFuture<Long> publish(String subject, Headers headers, byte[] body) {
    String address = inbox + count.incrementAndGet();
    CompletableFuture<Long> sequence = new CompletableFuture<>();
    waiting.put(address, sequence);
    try {
      connection.publish(subject, address, headers, body);
    } catch (RuntimeException e) {
      waiting.remove(address);
      throw e;
    }
    return sequence;
  }

  private void answered(Message answer) {
    CompletableFuture<Long> sequence = waiting.remove(answer.getSubject());
    if (sequence == null) {
      return; // nobody waits for it any more
    }
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
    waiting.values().forEach(each -> each.completeExceptionally(lost));
  }
}
