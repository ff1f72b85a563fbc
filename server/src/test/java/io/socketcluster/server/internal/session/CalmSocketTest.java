// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.AuthTokenOptions;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.RateLimit;
import io.socketcluster.server.TestServer;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A socket that nothing is due of for the next minute, and then something is: it is not looked at
 * in between, but each clock that begins later goes right.
 */
class CalmSocketTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Queue<AGAction> undecided = new ConcurrentLinkedQueue<>();

  /** Nothing but the middleware's timeout is short, and with it the interval of the sweep. */
  private static TestServer start() {
    return TestServer.start(
        options ->
            options
                .pingInterval(LONG)
                .pingTimeout(LONG.multipliedBy(2))
                .middlewareTimeout(Duration.ofMillis(300)),
        server -> server.onConnection(socket -> {}));
  }

  private static RawClient calmClient(TestServer test) {
    RawClient client = test.open();
    DefaultServerSocket socket = (DefaultServerSocket) test.socketOf(client);
    await().until(() -> !socket.session.streams.isRetaining());
    return client;
  }

  private static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  @Test
  void aPacketThatNobodyDecidesAboutIsBlockedInTime() {
    try (TestServer test = start()) {
      RawClient client = calmClient(test);
      test.server().setMiddleware(MiddlewareLine.INBOUND, AGMiddleware.each(undecided::add));
      long start = System.nanoTime();

      assertThat(client.call("echo", 1).toString()).contains("TimeoutError");
      assertThat(millisSince(start)).isGreaterThanOrEqualTo(290);
      assertThat(client.call("echo", 1).toString()).as("and the next").contains("TimeoutError");
    }
  }

  @Test
  void aMessageThatNobodyDecidesAboutIsBlockedInTime() {
    try (TestServer test = start()) {
      RawClient client = calmClient(test);
      test.server()
          .setMiddleware(
              MiddlewareLine.INBOUND_RAW,
              AGMiddleware.each(
                  action -> {
                    if (!undecided.isEmpty()) {
                      action.allow();
                    }
                    undecided.add(action);
                  }));
      client.transmit("anything", 1);

      assertThat(client.call("#subscribe", Map.of("channel", "a")).has("error")).isFalse();
      assertThat(undecided.remove().outcome()).isEqualTo(AGAction.Outcome.BLOCKED);
    }
  }

  @Test
  void aPublishThatNobodyDecidesAboutIsBlockedInTime() {
    try (TestServer test = start()) {
      RawClient client = calmClient(test);
      client.call("#subscribe", Map.of("channel", "a"));
      test.server().setMiddleware(MiddlewareLine.OUTBOUND, AGMiddleware.each(undecided::add));
      test.server().exchange().transmitPublish("a", 1);

      await().until(() -> !undecided.isEmpty());
      AGAction action = undecided.remove();
      await().until(() -> action.outcome() == AGAction.Outcome.BLOCKED);
    }
  }

  @Test
  void aTokenThatIsSetLaterExpiresInTime() {
    try (TestServer test = start()) {
      RawClient client = calmClient(test);
      AGServerSocket socket = test.socketOf(client);
      socket.setAuthToken(
          Map.of("username", "bob"), AuthTokenOptions.expiresIn(Duration.ofDays(1)));
      assertThat(client.next()).contains("#setAuthToken");
      socket.setAuthToken(
          Map.of("username", "bob"), AuthTokenOptions.expiresIn(Duration.ofSeconds(1)));
      assertThat(client.next()).contains("#setAuthToken");

      assertThat(client.next()).contains("#removeAuthToken");
      assertThat(socket.authToken()).isNull();
    }
  }

  @Test
  void whatWasSubscribedWithATokenEndsWithItThoughTheTokenIsGone() {
    try (TestServer test = start()) {
      RawClient client = calmClient(test);
      AGServerSocket socket = test.socketOf(client);
      socket.setAuthToken(
          Map.of("username", "bob"), AuthTokenOptions.expiresIn(Duration.ofSeconds(1)));
      client.next();
      client.call("#subscribe", Map.of("channel", "a"));
      socket.deauthenticate();

      assertThat(client.next()).contains("#removeAuthToken");
      assertThat(client.next()).contains("#kickOut");
    }
  }

  @Test
  void theStreamsOfASocketThatClosesEnd() throws InterruptedException {
    try (TestServer test = start()) {
      RawClient client = calmClient(test);
      AGServerSocket socket = test.socketOf(client);
      Thread consumer =
          Thread.startVirtualThread(
              () -> {
                for (Object data : socket.receiver("anything")) {
                  assertThat(data).isNull(); // none comes
                }
              });
      await().until(() -> socket.getReceiverConsumerStatsList("anything").size() == 1);
      client.close();

      assertThat(consumer.join(Duration.ofSeconds(60))).isTrue();
    }
  }

  @Test
  void whoShakesHandsLateIsPinged() {
    try (TestServer test =
        TestServer.start(
            options ->
                options.pingInterval(Duration.ofMillis(300)).pingTimeout(Duration.ofSeconds(2)))) {
      RawClient client = test.upgraded();
      long start = System.nanoTime();
      await().until(() -> millisSince(start) > 400); // longer than the interval of the pings
      client.handshake(null);
      client.stopAnsweringPings();

      await().until(() -> client.pings() > 1);
      assertThat(client.awaitClose().code()).isEqualTo(4001);
    }
  }

  /** It is read again a moment before it would be gone, and has not had the time to answer. */
  @Test
  void whoIsReadAgainIsNotMissed() {
    try (TestServer test =
        TestServer.start(
            options ->
                options
                    .pingInterval(Duration.ofMillis(250))
                    .pingTimeout(Duration.ofSeconds(2))
                    .socketMessageRate(RateLimit.of(1, Duration.ofSeconds(3))))) {
      RawClient client = test.open();
      Queue<Integer> closed = new ConcurrentLinkedQueue<>();
      test.server().listener(AGServer.DISCONNECTION).consume(event -> closed.add(event.code()));
      client.transmit("anything", 1);
      client.transmit("anything", 2);
      int pings = client.pings();

      await().until(() -> client.pings() > pings + 25);
      assertThat(closed).isEmpty();
    }
  }
}
