// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.faults;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.AutoReconnectOptions;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.conformance.faults.TrafficLedger.Listening;
import io.socketcluster.conformance.faults.TrafficLedger.Publish;
import io.socketcluster.core.AGChannel;
import io.socketcluster.core.ChannelEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** A socket of the Java client that subscribes and publishes to channels, and takes notes. */
final class JavaClient implements AutoCloseable {
  private static final Duration ACK_TIMEOUT = Duration.ofSeconds(8);
  private static final AutoReconnectOptions SOON =
      AutoReconnectOptions.DEFAULT
          .withInitialDelay(Duration.ofMillis(100))
          .withRandomness(Duration.ofMillis(100))
          .withMaxDelay(Duration.ofMillis(500));

  private final String name;
  private final List<String> channels;
  private final TrafficLedger ledger;
  private final AGClientSocket socket;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private int publishes;

  JavaClient(int index, int port, TrafficLedger ledger) {
    this.name = "java-" + index;
    this.channels = Plan.channelsOf(index);
    this.ledger = ledger;
    this.socket =
        SocketClusterClient.create(
            AGClientOptions.builder()
                .hostname("127.0.0.1")
                .port(port)
                .ackTimeout(ACK_TIMEOUT)
                .autoReconnectOptions(SOON)
                .build());
    takeNotes();
  }

  private void takeNotes() {
    socket
        .listener(AGClientSocket.DISCONNECT)
        .consume(event -> ledger.disconnected(name, System.currentTimeMillis()), Runnable::run);
    socket.receiver("gap").consume(this::gap, Runnable::run);
    for (String each : channels) {
      AGChannel<JsonNode> channel = socket.channel(each);
      channel.consume(data -> received(each, data), Runnable::run);
      channel
          .listener(ChannelEvent.SUBSCRIBE)
          .consume(
              event -> ledger.listens(new Listening(name, each), System.currentTimeMillis()),
              Runnable::run);
      channel.subscribe();
    }
  }

  private void gap(JsonNode told) {
    JsonNode until = told.path("until");
    ledger.gap(
        name,
        told.path("since").longValue(),
        until.isNumber() ? until.longValue() : TrafficLedger.LASTING);
  }

  private void received(String channel, JsonNode data) {
    ledger.received(
        name, new Publish(channel, data.path("by").stringValue(), data.path("number").intValue()));
  }

  String name() {
    return name;
  }

  boolean hasSubscribed() {
    return channels.stream().allMatch(socket::isSubscribed);
  }

  /** Publishes to the next of its channels, and does not wait. */
  void publish() {
    String channel = channels.get(publishes++ % channels.size());
    int number = numbers.merge(channel, 1, Integer::sum);
    long at = System.currentTimeMillis();
    waiting.incrementAndGet();
    socket
        .invokePublish(channel, Map.of("by", name, "number", number))
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                ledger.acknowledged(
                    new Publish(channel, name, number), at, System.currentTimeMillis());
              } else {
                ledger.failed();
              }
              waiting.decrementAndGet();
            });
  }

  /** Returns whether a publish was not answered yet. */
  boolean waits() {
    return waiting.get() > 0;
  }

  @Override
  public void close() {
    socket.disconnect();
  }
}
