// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who sends too fast is slowed down, who comes too often is refused, and the others are not. */
class RateLimitsTest {
  private static final int PING = 9;

  private final AtomicInteger limited = new AtomicInteger();
  private final Queue<Integer> handled = new ConcurrentLinkedQueue<>();

  private TestServer start(UnaryOperator<AGServerOptions.Builder> limits) {
    ServerObserver observer =
        new ServerObserver() {
          @Override
          public void rateLimited(AGServerSocket socket) {
            limited.incrementAndGet();
          }
        };
    return TestServer.start(
        options -> limits.apply(options.serverObserver(observer)),
        server ->
            server.onConnection(
                socket ->
                    socket
                        .receiver("number", Integer.class)
                        .consume(number -> handled.add(number))));
  }

  private static RateLimit perSecond(int count) {
    return RateLimit.of(count, Duration.ofSeconds(1));
  }

  private static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @Test
  void whatASocketSendsTooFastComesLaterAndInItsOrder() {
    try (TestServer test =
        start(options -> options.socketMessageRate(perSecond(100).withBurst(20)))) {
      RawClient client = test.open(); // which took one
      long start = System.nanoTime();
      numbers(60).forEach(number -> client.transmit("number", number));

      await().until(() -> handled.size() == 60);

      assertThat(millisSince(start)).as("40 at a hundred a second").isGreaterThan(350);
      assertThat(handled).containsExactlyElementsOf(numbers(60));
      assertThat(limited.get()).isPositive();
    }
  }

  @Test
  void eachPacketOfABatchCounts() {
    try (TestServer test =
        start(options -> options.socketMessageRate(perSecond(100).withBurst(20)))) {
      RawClient client = test.open();
      long start = System.nanoTime();
      client.send(
          numbers(60).stream()
              .map(number -> "{\"event\":\"number\",\"data\":" + number + "}")
              .collect(Collectors.joining(",", "[", "]")));

      await().until(() -> handled.size() == 60);

      assertThat(millisSince(start)).isGreaterThan(350);
      assertThat(handled).containsExactlyElementsOf(numbers(60));
    }
  }

  @Test
  void whatIsNoPacketCountsToo() {
    try (TestServer test =
        start(options -> options.socketMessageRate(perSecond(100).withBurst(20)))) {
      RawClient client = test.open();
      long start = System.nanoTime();
      for (int i = 0; i < 20; i++) {
        client.send("");
        client.sendFrame(PING, new byte[0]);
      }
      client.transmit("number", 1);

      await().until(() -> handled.size() == 1);

      assertThat(millisSince(start)).isGreaterThan(150);
      assertThat(limited.get()).isPositive();
    }
  }

  @Test
  void theOthersAreNotSlowedDown() {
    try (TestServer test = start(options -> options.socketMessageRate(perSecond(1)))) {
      RawClient flooding = test.open();
      numbers(1000).forEach(number -> flooding.transmit("flood", number));
      await().until(() -> limited.get() > 0);

      RawClient other = test.open();

      other.transmit("number", 1);

      await().until(() -> handled.contains(1));
    }
  }

  @Test
  void aSocketThatIsHeldBackIsPingedAndNotMissed() {
    try (TestServer test =
        start(
            options ->
                options
                    .socketMessageRate(RateLimit.of(1, Duration.ofDays(1)))
                    .pingInterval(Duration.ofMillis(50))
                    .pingTimeout(Duration.ofSeconds(1)))) {
      RawClient client = test.open();
      client.transmit("number", 1);
      await().until(() -> limited.get() > 0);
      int pings = client.pings();

      await().until(() -> client.pings() > pings + 50); // more than twice the timeout

      assertThat(client.isClosed()).isFalse();
    }
  }

  @Test
  void theSocketsOfOneAddressShareALimitOfMessages() {
    try (TestServer test =
        start(options -> options.addressMessageRate(perSecond(100).withBurst(20)))) {
      List<RawClient> clients = List.of(test.open(), test.open(), test.open());
      long start = System.nanoTime();
      numbers(20).forEach(number -> clients.forEach(client -> client.transmit("number", number)));

      await().until(() -> handled.size() == 60);

      assertThat(millisSince(start)).isGreaterThan(350);
    }
  }

  @Test
  void subscriptionsBeyondTheLimitAreAnsweredLater() {
    try (TestServer test =
        start(options -> options.socketSubscribeRate(perSecond(100).withBurst(5)))) {
      RawClient client = test.open();
      long start = System.nanoTime();
      for (int i = 0; i < 25; i++) {
        client.invoke("#subscribe", Map.of("channel", "c" + i));
      }
      for (int i = 0; i < 25; i++) {
        assertThat(client.nextJson().has("error")).isFalse();
      }

      assertThat(millisSince(start)).isGreaterThan(150);
      assertThat(test.socketOf(client).subscriptions()).hasSize(25);
    }
  }

  @Test
  void theSocketsOfOneAddressShareALimitOfSubscriptions() {
    try (TestServer test =
        start(options -> options.addressSubscribeRate(perSecond(100).withBurst(5)))) {
      List<RawClient> clients = List.of(test.open(), test.open());
      long start = System.nanoTime();
      for (int i = 0; i < 15; i++) {
        for (RawClient client : clients) {
          client.invoke("#subscribe", Map.of("channel", "c" + i));
        }
      }
      clients.forEach(client -> numbers(15).forEach(each -> client.nextJson()));

      assertThat(millisSince(start)).isGreaterThan(200);
    }
  }

  private static String answerTo(TestServer test, String... headers) {
    try (RawClient client = RawClient.tcp(test.port())) {
      client.write(RawClient.upgradeRequest(test.server().getPath(), headers).getBytes(ISO_8859_1));
      return client.readHead();
    }
  }

  @Test
  void anAddressThatConnectsTooOftenIsToldSo() {
    try (TestServer test =
        start(options -> options.addressHandshakeRate(RateLimit.of(3, Duration.ofDays(1))))) {
      for (int i = 0; i < 3; i++) {
        assertThat(answerTo(test)).startsWith("HTTP/1.1 101");
      }

      String head = answerTo(test);

      assertThat(head).startsWith("HTTP/1.1 429").containsIgnoringCase("retry-after: 10");
    }
  }

  @Test
  void behindATrustedProxyTheAddressIsThatOfTheClient() {
    try (TestServer test =
        start(
            options ->
                options
                    .trustedProxies("127.0.0.1", "::1")
                    .addressHandshakeRate(RateLimit.of(1, Duration.ofDays(1))))) {
      assertThat(answerTo(test, "X-Forwarded-For: 192.0.2.1\r\n")).startsWith("HTTP/1.1 101");
      assertThat(answerTo(test, "X-Forwarded-For: 192.0.2.1\r\n")).startsWith("HTTP/1.1 429");
      assertThat(answerTo(test, "X-Forwarded-For: 192.0.2.2\r\n")).startsWith("HTTP/1.1 101");
    }
  }
}
