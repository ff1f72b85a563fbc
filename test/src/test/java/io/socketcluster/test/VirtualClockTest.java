// SPDX-License-Identifier: MIT
package io.socketcluster.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.AutoReconnectOptions;
import io.socketcluster.core.AuthState;
import io.socketcluster.core.SocketState;
import io.socketcluster.core.time.TimeSource;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.TimeoutError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.channels.AGChannels;
import io.socketcluster.server.channels.ChannelPolicy;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class VirtualClockTest {
  private static final Duration HOUR = Duration.ofHours(1);

  /** The timers of a clock without a server. */
  @Nested
  class Alone {
    private final VirtualClock clock = VirtualClock.startingAt(Instant.EPOCH);
    private final List<String> ran = new CopyOnWriteArrayList<>();

    private Future<?> schedule(ScheduledExecutorService thread, int seconds, String name) {
      return clock.schedule(
          thread,
          Duration.ofSeconds(seconds),
          () -> ran.add(name + " at " + clock.instant().getEpochSecond()));
    }

    @Test
    void bothClocksMoveTogether() {
      long before = clock.nanoTime();

      clock.advance(HOUR);

      assertThat(clock.instant()).isEqualTo(Instant.EPOCH.plus(HOUR));
      assertThat(clock.millis()).isEqualTo(HOUR.toMillis());
      assertThat(clock.nanoTime() - before).isEqualTo(HOUR.toNanos());
    }

    @Test
    void tasksRunInTheOrderOfTheirTimeWhateverTheirThread() {
      try (ScheduledExecutorService one = Executors.newSingleThreadScheduledExecutor();
          ScheduledExecutorService other = Executors.newSingleThreadScheduledExecutor()) {
        schedule(one, 3, "third");
        schedule(other, 2, "second");
        schedule(one, 1, "first");
        schedule(one, 9, "later");
        schedule(other, 2, "taken back").cancel(false);

        clock.advance(Duration.ofSeconds(5));

        assertThat(ran).containsExactly("first at 1", "second at 2", "third at 3");
      }
    }

    @Test
    void aTaskOfATaskRunsInTheSameAdvance() {
      try (ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor()) {
        clock.schedule(thread, Duration.ofSeconds(1), () -> schedule(thread, 1, "second"));

        clock.advance(Duration.ofSeconds(2));

        assertThat(ran).containsExactly("second at 2");
      }
    }

    @Test
    void aTaskForAtOnceNeedsNoAdvance() throws Exception {
      try (ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor()) {
        schedule(thread, 0, "now").get();

        assertThat(ran).containsExactly("now at 0");
      }
    }

    @Test
    void aRepetitionRunsUntilItIsClosed() {
      TimeSource.Repetition repetition =
          clock.repeat(
              "again", Duration.ofSeconds(2), () -> ran.add(Thread.currentThread().getName()));
      clock.advance(Duration.ofSeconds(5));
      assertThat(ran).containsExactly("again", "again");

      repetition.close();
      clock.advance(HOUR);

      assertThat(ran).hasSize(2);
    }

    @Test
    void aTaskOfAThreadThatHasEndedIsLost() {
      ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
      schedule(thread, 1, "never");
      thread.shutdown();

      clock.advance(HOUR);

      assertThat(ran).isEmpty();
    }

    @Test
    void aFailureOfATaskFailsTheTest() {
      try (ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor()) {
        clock.schedule(
            thread,
            Duration.ofSeconds(1),
            () -> {
              throw new IllegalStateException("the bug");
            });

        assertThatThrownBy(() -> clock.advance(HOUR))
            .isInstanceOf(AssertionError.class)
            .hasRootCauseMessage("the bug");
      }
    }

    @Test
    void timeIsNotSetBack() {
      assertThatThrownBy(() -> clock.advance(Duration.ofMillis(-1)))
          .isInstanceOf(InvalidArgumentsError.class)
          .hasMessage("time is PT-0.001S; allowed: 0 or more");
    }
  }

  @Nested
  @SocketClusterTest
  class OfAServer {
    @BeforeEach
    void serve(AGServer agServer) {
      agServer.onConnection(socket -> socket.procedure("silence").consume(request -> {}));
    }

    @Test
    void aClientAnswersThePingsOfAnHour(VirtualClock clock, AGClientSocket socket) {
      String id = socket.id();

      clock.advance(HOUR);

      assertThat(socket.state()).isEqualTo(SocketState.OPEN);
      assertThat(socket.id()).isEqualTo(id);
    }

    @Test
    void aSilentClientIsDropped(VirtualClock clock, AGServer agServer, RawClient silent) {
      silent.handshake(null);
      silent.stopAnsweringPings();
      await().until(() -> agServer.clientsCount() == 1);

      clock.advance(agServer.options().pingTimeout().minusSeconds(1));
      assertThat(agServer.clientsCount()).isEqualTo(1);
      clock.advance(Duration.ofSeconds(2));

      assertThat(agServer.clientsCount()).isZero();
    }

    @Test
    void aClientWithoutAHandshakeIsDropped(
        VirtualClock clock, AGServer agServer, RawClient upgraded) {
      await().until(() -> agServer.pendingClientsCount() == 1);

      clock.advance(agServer.options().handshakeTimeout().plusSeconds(1));

      assertThat(agServer.pendingClientsCount()).isZero();
    }

    @Test
    void aMessageGrowsTooOldToBeKept(VirtualClock clock, AGServer agServer) {
      AGChannels channels = agServer.channels();
      channels.policy("room", ChannelPolicy.history(10, HOUR));
      agServer.exchange().invokePublish("room", "news").join();
      long kept = channels.historyBytes();

      clock.advance(HOUR.minusSeconds(1));
      assertThat(channels.historyBytes()).isEqualTo(kept).isPositive();
      clock.advance(Duration.ofSeconds(2));

      assertThat(channels.historyBytes()).isLessThan(kept);
    }

    @Test
    void aCallThatIsNotAnsweredTimesOut(VirtualClock clock, AGClientSocket socket) {
      CompletableFuture<JsonNode> answer = socket.invoke("silence", null);

      clock.advance(socket.ackTimeout());

      assertThat(answer)
          .failsWithin(Duration.ofMinutes(1))
          .withThrowableThat()
          .withCauseInstanceOf(TimeoutError.class);
    }
  }

  @Nested
  class OfAClient {
    @RegisterExtension
    final SocketClusterExtension extension =
        SocketClusterExtension.builder()
            .serverOptions(options -> options.authDefaultExpiry(HOUR))
            .clientOptions(
                options ->
                    options.autoReconnectOptions(
                        new AutoReconnectOptions(HOUR, Duration.ZERO, 2, HOUR)))
            .build();

    @Test
    void aReconnectionWaitsForItsTime(
        VirtualClock clock, AGServer agServer, AGClientSocket socket) {
      String lostId = Objects.requireNonNull(socket.id());
      Objects.requireNonNull(agServer.clients().get(lostId)).disconnect(3001, "away");
      await().until(socket::pendingReconnect);

      clock.advance(HOUR.minusSeconds(1));
      assertThat(socket.pendingReconnect()).isTrue();
      clock.advance(Duration.ofSeconds(1));

      await().until(() -> socket.state() == SocketState.OPEN);
      assertThat(socket.id()).isNotEqualTo(lostId);
    }

    @Test
    void aTokenExpiresOnBothClocks(
        VirtualClock clock,
        AGServer agServer,
        @TestClient(claims = "{\"username\":\"alice\"}") AGClientSocket alice) {
      String token = Objects.requireNonNull(alice.signedAuthToken());
      clock.advance(agServer.options().authDefaultExpiry().minusSeconds(1));
      assertThat(alice.authState()).isEqualTo(AuthState.AUTHENTICATED);

      clock.advance(Duration.ofSeconds(2));

      await().until(() -> alice.authState() == AuthState.UNAUTHENTICATED);
      assertThatThrownBy(() -> agServer.auth().verifyToken(token))
          .hasMessageContaining("jwt expired");
    }
  }
}
