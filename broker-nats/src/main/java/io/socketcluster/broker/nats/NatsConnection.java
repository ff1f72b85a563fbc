// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.socketcluster.broker.cluster.BrokerConnection;
import io.socketcluster.broker.cluster.ClusterMessage;
import io.socketcluster.broker.cluster.ConnectionEvents;
import io.socketcluster.broker.history.HistoryPage;
import io.socketcluster.broker.history.HistoryPosition;
import io.socketcluster.broker.history.HistoryRequest;
import io.socketcluster.broker.nats.jetstream.StreamHistories;
import io.socketcluster.broker.nats.jetstream.StreamHistories.Keeping;
import io.socketcluster.broker.nats.order.Incoming;
import io.socketcluster.broker.nats.order.StreamOrder;
import io.socketcluster.protocol.errors.BrokerError;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to NATS. One dispatcher receives everything, for two would not keep the order of a
 * channel. A ping confirms: the server answers it after everything that was sent before, and after
 * the errors that this has caused.
 */
final class NatsConnection implements BrokerConnection {
  private final Connection connection;
  private final Subjects subjects;
  private final Happenings happenings;
  private final ConnectionEvents events;
  private final Dispatcher dispatcher;
  private final StreamOrder order;
  private final Duration limit;

  @GuardedBy("this")
  private @Nullable StreamHistories histories;

  NatsConnection(
      Connection connection, Subjects subjects, Happenings happenings, ConnectionEvents events) {
    this.connection = connection;
    this.subjects = subjects;
    this.happenings = happenings;
    this.events = events;
    this.order = new StreamOrder(events);
    this.limit = connection.getOptions().getConnectionTimeout();
    this.dispatcher = connection.createDispatcher(this::receive);
  }

  /**
   * Waits until the server has answered to everything that was sent before. The library's flush
   * returns without an answer, and without an exception, when the connection is closed or several
   * pings are on their way.
   */
  private void confirm() throws IOException {
    connection.RTT(); // takes as long as the library may take to connect, at most
  }

  private void receive(Message message) {
    ClusterMessage received = ClusterMessage.of(message.getData());
    if (received == null || !subjects.of(received.channel()).equals(message.getSubject())) {
      events.receivedForeign();
      return;
    }
    HistoryPosition position = StreamHistories.positionOf(message);
    if (position == null) {
      events.received(received);
    } else {
      order.received(received, position);
    }
  }

  /** Most servers keep nothing: the thread and the subscriptions of this are made when needed. */
  private synchronized StreamHistories histories() {
    StreamHistories known = histories;
    if (known == null) {
      known =
          new StreamHistories(
              connection,
              new Incoming(dispatcher, order),
              subjects.prefix(),
              subjects::ofChannel,
              limit);
      histories = known;
    }
    return known;
  }

  @Override
  public Map<String, BrokerError> subscribe(Collection<String> channels) throws Exception {
    happenings.takeOtherErrors(); // of before
    Map<String, String> asked = HashMap.newHashMap(channels.size());
    for (String channel : channels) {
      String subject = subjects.of(channel);
      asked.put(subject, channel);
      dispatcher.subscribe(subject);
    }
    confirm();
    return refused(asked, happenings.takeOtherErrors());
  }

  /** An error that names no subject may be about any of them. */
  private Map<String, BrokerError> refused(Map<String, String> asked, List<String> errors) {
    Map<String, BrokerError> refused = new HashMap<>();
    for (String error : errors) {
      String channel = asked.get(subjectIn(error));
      if (channel != null) {
        refused.put(channel, refusal("subscription", error));
      } else if (!error.contains("\"")) {
        asked.values().forEach(each -> refused.put(each, refusal("subscription", error)));
      }
    }
    refused.keySet().forEach(channel -> dispatcher.unsubscribe(subjects.of(channel)));
    return refused;
  }

  private static BrokerError refusal(String what, String error) {
    return new BrokerError("NATS refuses the " + what + ": " + error);
  }

  /** The part in quotation marks. */
  private static String subjectIn(String error) {
    int begin = error.indexOf('"');
    int end = error.lastIndexOf('"');
    return begin < end ? error.substring(begin + 1, end) : "";
  }

  @Override
  public void unsubscribe(Collection<String> channels) throws Exception {
    for (String channel : channels) {
      dispatcher.unsubscribe(subjects.of(channel));
    }
    order.forget(channels);
    confirm();
  }

  @Override
  public Map<Integer, BrokerError> publish(List<ClusterMessage> messages) throws Exception {
    Map<Integer, BrokerError> refused = new HashMap<>();
    Map<Integer, Keeping> kept = new HashMap<>();
    for (int i = 0; i < messages.size(); i++) {
      ClusterMessage message = messages.get(i);
      try {
        if (message.bounds() == null) {
          connection.publish(subjects.of(message.channel()), message.toBytes());
        } else {
          kept.put(i, histories().keep(message));
        }
      } catch (IllegalArgumentException e) { // larger than the server allows
        refused.put(i, new BrokerError("NATS refuses the publish: " + e.getMessage(), e));
      } catch (BrokerError e) {
        refused.put(i, e);
      }
    }
    confirm();
    addRefused(messages, kept, refused);
    awaitKept(kept, refused);
    return refused;
  }

  private void addRefused(
      List<ClusterMessage> messages,
      Map<Integer, Keeping> kept,
      Map<Integer, BrokerError> refused) {
    for (String error : happenings.takeRefusedPublishes()) {
      String subject = subjectIn(error);
      for (int i = 0; i < messages.size(); i++) {
        Keeping keeping = kept.get(i);
        String of = keeping == null ? subjects.of(messages.get(i).channel()) : keeping.subject();
        if (of.equals(subject)) {
          refused.putIfAbsent(i, refusal("publish", error));
        }
      }
    }
  }

  private void awaitKept(Map<Integer, Keeping> kept, Map<Integer, BrokerError> refused)
      throws InterruptedException, TimeoutException {
    for (Map.Entry<Integer, Keeping> each : kept.entrySet()) {
      if (!refused.containsKey(each.getKey())) {
        try {
          each.getValue().kept().get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
          refused.put(each.getKey(), StreamHistories.error(e.getCause()));
        }
      }
    }
  }

  @Override
  public CompletableFuture<HistoryPage> read(HistoryRequest request) {
    return histories().read(request);
  }

  @Override
  public void check() throws Exception {
    confirm();
  }

  @Override
  public void close() {
    order.close();
    try {
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      if (histories != null) {
        histories.close();
      }
    }
  }
}
