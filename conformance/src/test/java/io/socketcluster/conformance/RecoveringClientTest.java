// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.AutoReconnectOptions;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.conformance.samples.HistoryProgram;
import io.socketcluster.core.AGChannel;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.core.ChannelOptions;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.channels.ChannelPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A channel of the Java client that recovers misses nothing, or tells of it. */
class RecoveringClientTest {
  private static final AutoReconnectOptions SOON =
      new AutoReconnectOptions(
          Duration.ofMillis(10), Duration.ofMillis(10), 1, Duration.ofSeconds(1));

  private final AGServer server = TestServers.demo(0, AGServerOptions.builder());
  private final AGClientSocket socket =
      SocketClusterClient.create(
          AGClientOptions.builder().port(server.port()).autoReconnectOptions(SOON).build());
  private final List<Integer> received = new CopyOnWriteArrayList<>();
  private final List<String> gaps = new CopyOnWriteArrayList<>();

  private AGChannel<Integer> follow(ChannelOptions options) {
    AGChannel<Integer> channel = socket.subscribe("room/1", options, Integer.class);
    channel.consume(received::add);
    channel.listener(ChannelEvent.GAP).consume(gap -> gaps.add(gap.reason()));
    await().until(() -> socket.isSubscribed("room/1"));
    return channel;
  }

  private void publish(int from, int to) {
    IntStream.rangeClosed(from, to)
        .forEach(number -> server.exchange().invokePublish("room/1", number).join());
  }

  /** Ends the connection in the middle of what is published. */
  private void publishAndTerminate(int from) {
    publish(from, from + 1);
    server.clients().values().forEach(AGServerSocket::terminate);
    publish(from + 2, from + 4);
  }

  @AfterEach
  void close() {
    socket.disconnect();
    server.close().join();
  }

  @Test
  void whatWasPublishedWhileItWasAwayIsReceivedOnceAndInOrder() {
    server.channels().policy("room/*", ChannelPolicy.history(1_000, Duration.ofMinutes(1)));
    follow(ChannelOptions.DEFAULT.withRecovery());
    publish(1, 5);
    for (int round = 1; round <= 5; round++) {
      publishAndTerminate(round * 5 + 1);
      int published = round * 5 + 5;
      await().until(() -> received.size() >= published);
    }
    assertThat(received).isEqualTo(IntStream.rangeClosed(1, 30).boxed().toList());
    assertThat(gaps).isEmpty();
  }

  @Test
  void messagesThatTheServerHasNoMoreAreAGap() {
    server.channels().policy("room/*", ChannelPolicy.history(3, Duration.ofMinutes(1)));
    follow(ChannelOptions.DEFAULT.withRecovery());
    publish(1, 1);
    await().until(() -> received.size() == 1);
    socket.disconnect();
    publish(2, 10);
    socket.connect();
    await().until(() -> received.size() == 4);
    assertThat(received).containsExactly(1, 8, 9, 10);
    await().until(() -> gaps.equals(List.of("trimmed")));
  }

  @Test
  void aNewSubscriberBeginsWithTheLastMessages() {
    server.channels().policy("room/*", ChannelPolicy.history(100, Duration.ofMinutes(1)));
    publish(1, 10);
    follow(ChannelOptions.DEFAULT.withRecovery(3));
    await().until(() -> received.size() == 3);
    assertThat(received).containsExactly(8, 9, 10);
  }

  @Test
  void theProgramsOfTheGuideFollowARoom() {
    AGServer ofGuide = HistoryProgram.start(0);
    AGClientSocket reader =
        SocketClusterClient.create(AGClientOptions.builder().port(ofGuide.port()).build());
    try {
      ofGuide.exchange().invokePublish("room/7", "before").join();
      List<String> shown = new CopyOnWriteArrayList<>();
      HistoryProgram.follow(
          reader, message -> shown.add(message.stringValue("")), () -> shown.add("gap"));
      await().until(() -> reader.isSubscribed("room/7"));
      ofGuide.exchange().invokePublish("room/7", "after").join();
      await().until(() -> shown.size() == 2);
      assertThat(shown).containsExactly("before", "after");
    } finally {
      reader.disconnect();
      ofGuide.close().join();
    }
  }
}
