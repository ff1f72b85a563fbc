// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import io.socketcluster.broker.cluster.BrokerConnection;
import io.socketcluster.broker.cluster.ClusterMessage;
import io.socketcluster.broker.cluster.ConnectionEvents;
import io.socketcluster.broker.scc.envelope.Batch;
import io.socketcluster.broker.scc.envelope.Envelope;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.core.AGSocket;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.protocol.errors.BrokerError;
import io.socketcluster.protocol.errors.TimeoutError;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One connection to a broker of a cluster, by the protocol that every client speaks. */
final class SccConnection implements BrokerConnection {
  private final AGClientSocket socket;
  private final String instanceId;
  private final Duration limit;
  private final ConnectionEvents events;
  private final Map<String, CompletableFuture<Void>> asked = new ConcurrentHashMap<>();

  /**
   * Takes over a socket that is open. Its events are taken on its event loop, so that they keep
   * their order and no queue grows behind it.
   */
  SccConnection(AGClientSocket socket, String instanceId, Duration limit, ConnectionEvents events) {
    this.socket = socket;
    this.instanceId = instanceId;
    this.limit = limit;
    this.events = events;
    socket
        .listener(AGClientSocket.SUBSCRIBE)
        .consume(event -> answered(event.channel(), null), Runnable::run);
    socket
        .listener(AGClientSocket.SUBSCRIBE_FAIL)
        .consume(event -> answered(event.channel(), event.error()), Runnable::run);
    socket
        .listener(AGClientSocket.KICK_OUT)
        .consume(event -> lost("The broker has ended a subscription"), Runnable::run);
    socket
        .listener(AGSocket.CLOSE)
        .consume(
            event -> lost("The broker has closed the connection (" + event.code() + ")"),
            Runnable::run);
    if (socket.id() == null) { // it closed before anybody listened
      lost("The broker has closed the connection");
    }
  }

  private void lost(String why) {
    events.lost(new IOException(why));
  }

  private void answered(String channel, @Nullable AGException refusal) {
    CompletableFuture<Void> answer = asked.remove(channel);
    if (answer != null && refusal == null) {
      answer.complete(null);
    } else if (answer != null) {
      answer.completeExceptionally(refusal);
    }
  }

  @Override
  public Map<String, BrokerError> subscribe(Collection<String> channels) throws Exception {
    Map<String, CompletableFuture<Void>> answers = new LinkedHashMap<>();
    for (String channel : channels) {
      CompletableFuture<Void> answer = new CompletableFuture<>();
      answers.put(channel, answer);
      asked.put(channel, answer);
      socket
          .channel(channel, Payload.class)
          .consume(data -> received(channel, data), Runnable::run);
      socket.subscribe(channel, Payload.class);
    }
    Map<String, BrokerError> refused = new HashMap<>();
    for (Map.Entry<String, CompletableFuture<Void>> each : answers.entrySet()) {
      BrokerError error = refusal("subscription", each.getValue());
      if (error != null) {
        socket.killChannel(each.getKey());
        refused.put(each.getKey(), error);
      }
    }
    return refused;
  }

  /** Waits for an answer; returns why it is no, or null when it is yes. */
  private @Nullable BrokerError refusal(String what, CompletableFuture<?> answer)
      throws InterruptedException, TimeoutException, ExecutionException {
    try {
      answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return null;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AGException refused
          && !(refused instanceof TimeoutError)
          && !(refused instanceof BadConnectionError)) {
        return new BrokerError(
            "The broker refuses the " + what + ": " + refused.getMessage(), refused);
      }
      throw e;
    }
  }

  @Override
  public void unsubscribe(Collection<String> channels) {
    for (String channel : channels) {
      socket.unsubscribe(channel);
      socket.killChannel(channel);
    }
  }

  private void received(String channel, Payload data) {
    Envelope envelope = Envelope.of(data);
    if (envelope == null || (Batch.isReserved(channel) && !envelope.isOfServer())) {
      events.receivedForeign();
    } else if (!instanceId.equals(envelope.sender())) {
      envelope.messages().forEach(each -> events.received(new ClusterMessage(channel, each)));
    }
  }

  @Override
  public Map<Integer, BrokerError> publish(List<ClusterMessage> messages) throws Exception {
    List<Batch> batches = Batch.of(messages);
    List<CompletableFuture<Void>> answers =
        batches.stream()
            .map(each -> socket.invokePublish(each.channel(), each.envelope(instanceId)))
            .toList();
    Map<Integer, BrokerError> refused = new HashMap<>();
    for (int i = 0; i < answers.size(); i++) {
      BrokerError error = refusal("publish", answers.get(i));
      if (error != null) {
        batches.get(i).places().forEach(place -> refused.put(place, error));
      }
    }
    return refused;
  }

  /** Publishes where nobody subscribes: a broker answers no other call of its own. */
  @Override
  public void check() throws Exception {
    socket
        .invokePublish("scc-check/" + instanceId, null)
        .get(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    Peer.close(socket);
  }
}
