// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.jetstream;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.BrokerError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Fetches the messages of a subject, each time with a consumer that is deleted afterwards.
 * Thread-safe; no method blocks.
 */
final class StreamFetches {
  private static final int BATCH = 1_000;
  private static final Duration UNUSED = Duration.ofSeconds(30);

  private final Connection connection;
  private final Dispatcher dispatcher;
  private final StreamRequests requests;
  private final Duration limit;
  private final Set<Fetch> underWay = ConcurrentHashMap.newKeySet();

  StreamFetches(Connection connection, StreamRequests requests, Duration limit) {
    this.connection = connection;
    this.dispatcher = connection.createDispatcher();
    this.requests = requests;
    this.limit = limit;
  }

  /** Fetches the heads of all messages of a subject. */
  CompletableFuture<List<Message>> heads(HistoryStream stream, String subject) {
    Map<String, Object> config = consumer(subject);
    config.put("deliver_policy", "all");
    config.put("headers_only", true);
    return fetch(stream, config, Integer.MAX_VALUE);
  }

  /** Fetches so many messages of a subject at most, from a sequence number on. */
  CompletableFuture<List<Message>> messages(
      HistoryStream stream, String subject, long first, int most) {
    Map<String, Object> config = consumer(subject);
    config.put("deliver_policy", "by_start_sequence");
    config.put("opt_start_seq", first);
    return fetch(stream, config, most);
  }

  private static Map<String, Object> consumer(String subject) {
    Map<String, Object> config = new HashMap<>();
    config.put("filter_subject", subject);
    config.put("ack_policy", "none");
    config.put("replay_policy", "instant");
    config.put("mem_storage", true);
    config.put("num_replicas", 1);
    config.put("inactive_threshold", UNUSED.toNanos());
    return config;
  }

  private CompletableFuture<List<Message>> fetch(
      HistoryStream stream, Map<String, Object> config, int most) {
    Map<String, Object> about = Map.of("stream_name", stream.name(), "config", config);
    return requests
        .ask("CONSUMER.CREATE." + stream.name(), about)
        .thenCompose(created -> pulled(stream, created, most));
  }

  private CompletableFuture<List<Message>> pulled(
      HistoryStream stream, JsonValue consumer, int most) {
    String name = stream.name() + "." + JsonValueUtils.readString(consumer, "name", "");
    int count = (int) Math.min(most, JsonValueUtils.readLong(consumer, "num_pending", 0));
    Fetch fetch = new Fetch(name, count);
    underWay.add(fetch);
    CompletableFuture<List<Message>> all =
        fetch
            .messages
            .orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
            .whenComplete((messages, failure) -> ended(fetch));
    fetch.begin();
    return all;
  }

  private void ended(Fetch fetch) {
    underWay.remove(fetch);
    dispatcher.unsubscribe(fetch.subscription);
    connection.publish(StreamRequests.API + "CONSUMER.DELETE." + fetch.consumer, new byte[0]);
  }

  /** Fails what is under way. */
  void close() {
    BrokerError lost = new BrokerError("The connection to NATS was lost while a history was read");
    underWay.forEach(each -> each.messages.completeExceptionally(lost));
  }

  /** The messages of one consumer, pulled in batches. */
  private final class Fetch {
    private final String consumer;
    private final int count;
    private final String inbox = connection.createInbox();
    private final Subscription subscription;
    private final List<Message> received = new ArrayList<>(); // by the thread of the dispatcher
    private final CompletableFuture<List<Message>> messages = new CompletableFuture<>();

    Fetch(String consumer, int count) {
      this.consumer = consumer;
      this.count = count;
      this.subscription = dispatcher.subscribe(inbox, this::received);
    }

    void begin() {
      if (count == 0) {
        messages.complete(List.of());
      } else {
        pull(count);
      }
    }

    private void pull(int missing) {
      Map<String, Object> request =
          Map.of("batch", Math.min(missing, BATCH), "expires", limit.toNanos());
      connection.publish(
          StreamRequests.API + "CONSUMER.MSG.NEXT." + consumer,
          inbox,
          Payload.of(request).toBytes());
    }

    private void received(Message message) {
      if (message.isStatusMessage()) {
        messages.completeExceptionally(
            new BrokerError("JetStream ends the reading of a history: " + message.getStatus()));
        return;
      }
      received.add(message);
      if (received.size() == count) {
        messages.complete(received);
      } else if (received.size() % BATCH == 0) {
        pull(count - received.size());
      }
    }
  }
}
