// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.testkit.RawClient;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransportTest {
  private static boolean isHere(Transport transport) {
    return switch (transport) {
      case EPOLL -> Epoll.isAvailable();
      case IO_URING -> IoUring.isAvailable();
      case AUTO, NIO -> true;
    };
  }

  private static TestServer start(Transport transport) {
    return TestServer.start(
        options -> options.transport(transport).reusePort(true),
        server ->
            server.onConnection(
                socket ->
                    socket.procedure("echo").consume(request -> request.end(request.data()))));
  }

  @ParameterizedTest
  @EnumSource
  void callsAreAnsweredAndPublishesDeliveredOrTheTransportIsRefused(Transport transport) {
    if (!isHere(transport)) {
      assertThatThrownBy(() -> start(transport))
          .isInstanceOf(InvalidOptionsError.class)
          .hasMessageContaining("transport is " + transport)
          .hasMessageContaining("allowed: [AUTO");
      return;
    }
    try (TestServer test = start(transport)) {
      List<RawClient> clients = IntStream.range(0, 10).mapToObj(i -> test.open()).toList();
      for (RawClient client : clients) {
        String large = "x".repeat(100_000);
        assertThat(client.call("echo", large).path("data").asString()).isEqualTo(large);
        client.call("#subscribe", Map.of("channel", "news"));
      }
      for (int i = 0; i < 100; i++) {
        test.server().exchange().transmitPublish("news", i);
      }
      for (RawClient client : clients) {
        for (int i = 0; i < 100; i++) {
          assertThat(client.nextJson().path("data").path("data").asInt()).isEqualTo(i);
        }
      }
    }
  }
}
