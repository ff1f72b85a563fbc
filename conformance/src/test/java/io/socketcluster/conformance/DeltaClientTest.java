// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.core.ChannelOptions;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.channels.ChannelPolicy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A Java client that asks for differences is given what was published. */
class DeltaClientTest {
  private final AGServer server = TestServers.demo(0, AGServerOptions.builder());
  private final AGClientSocket socket =
      SocketClusterClient.create(AGClientOptions.builder().port(server.port()).build());
  private final List<String> received = new CopyOnWriteArrayList<>();

  private void follow(String channel, ChannelOptions options) {
    socket
        .subscribe(channel, options, Payload.class)
        .consume(value -> received.add(String.valueOf(value)));
    await().until(() -> socket.isSubscribed(channel));
  }

  private void publish(String channel, String json) {
    byte[] bytes = json.getBytes(UTF_8);
    Payload value = Payload.ofJson(bytes, 0, bytes.length);
    server.exchange().invokePublish(channel, value).join();
  }

  private static String book(String price) {
    return "{\"price\":" + price + ",\"text\":\"" + "x".repeat(200) + "\"}";
  }

  @AfterEach
  void close() {
    socket.disconnect();
    server.close().join();
  }

  @Test
  void decimalsAreThoseThatWerePublished() {
    server.channels().policy("book/*", ChannelPolicy.builder().deltas(true).build());
    follow("book/1", ChannelOptions.DEFAULT.withDeltas().withRecovery());
    List<String> books =
        List.of(book("100.10"), book("0.12345678901234567891"), book("0.12345678901234567999"));
    books.forEach(each -> publish("book/1", each));
    await().until(() -> received.size() == 3);
    assertThat(received).isEqualTo(books);
  }

  @Test
  void dataOfTheFormOfDifferencesIsGivenAsItIsInAChannelWithoutThem() {
    follow("plain/1", ChannelOptions.DEFAULT.withDeltas());
    List<String> values = List.of("{\"#delta\":0,\"patch\":[]}", "{\"#delta\":null}", "7");
    values.forEach(each -> publish("plain/1", each));
    await().until(() -> received.size() == 3);
    assertThat(received).isEqualTo(values);
  }

  /** The server writes a misfit itself: as a publisher imitates it, or a server that is wrong. */
  @Test
  void aDifferenceThatDoesNotFitIsFollowedByWholeValues() {
    server.channels().policy("book/*", ChannelPolicy.builder().historySize(0).deltas(true).build());
    follow("book/1", ChannelOptions.DEFAULT.withDeltas());
    publish("book/1", book("1"));
    await().until(() -> received.size() == 1);
    AGServerSocket other = server.clients().values().iterator().next();
    byte[] misfit =
        "{\"#delta\":0,\"patch\":[{\"op\":\"remove\",\"path\":\"/none\"}]}".getBytes(UTF_8);
    other.transmit(
        "#publish", Map.of("channel", "book/1", "data", Payload.ofJson(misfit, 0, misfit.length)));
    await()
        .until(
            () -> {
              publish("book/1", book(String.valueOf(received.size() + 1)));
              return received.size() > 2;
            });
    assertThat(received).allMatch(each -> each.startsWith("{\"price\":"));
  }
}
