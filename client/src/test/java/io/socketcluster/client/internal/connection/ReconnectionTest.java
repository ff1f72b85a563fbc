// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.client.AutoReconnectOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconnectionTest {
  private static final int HUNG_UP = 1006;
  private static final AutoReconnectOptions OPTIONS =
      new AutoReconnectOptions(
          Duration.ofSeconds(10), Duration.ofSeconds(4), 1.5, Duration.ofSeconds(60));

  private final VirtualTime time = new VirtualTime();
  private final List<Long> attempts = new ArrayList<>();
  private double random;
  private final Reconnection reconnection =
      new Reconnection(time, () -> random, () -> attempts.add(time.nanoTime()));

  private Duration planned(int code) {
    reconnection.plan(code, OPTIONS);
    return Objects.requireNonNull(reconnection.delay(), "an attempt is planned");
  }

  @Test
  void waitsTheInitialDelayAndARandomPart() {
    assertThat(planned(HUNG_UP)).isEqualTo(Duration.ofSeconds(10));
    reconnection.succeeded();
    random = 0.5;
    assertThat(planned(HUNG_UP)).isEqualTo(Duration.ofSeconds(12));
    reconnection.succeeded();
    random = 1;
    assertThat(planned(HUNG_UP)).isEqualTo(Duration.ofSeconds(14));
  }

  @Test
  void waitsLongerAfterEachFailureUpToTheLongestDelay() {
    List<Duration> delays = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      delays.add(planned(HUNG_UP));
    }
    assertThat(delays)
        .containsExactly(
            Duration.ofMillis(10_000),
            Duration.ofMillis(15_000),
            Duration.ofMillis(22_500),
            Duration.ofMillis(33_750),
            Duration.ofMillis(50_625),
            Duration.ofMillis(60_000),
            Duration.ofMillis(60_000));
    assertThat(reconnection.attempts()).isEqualTo(7);
  }

  @Test
  void beginsAnewAfterASuccess() {
    planned(HUNG_UP);
    planned(HUNG_UP);
    reconnection.succeeded();

    assertThat(reconnection.attempts()).isZero();
    assertThat(planned(HUNG_UP)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void connectsWhenTheTimeHasCome() {
    planned(HUNG_UP);
    time.pass(Duration.ofMillis(9_999));
    assertThat(attempts).isEmpty();
    time.pass(Duration.ofMillis(1));
    assertThat(attempts).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {4000, 4001, 1005})
  void connectsAtOnceTheFirstTimeAfterASleep(int code) {
    assertThat(planned(code)).isZero();
    assertThat(planned(code)).as("not again and again").isEqualTo(Duration.ofSeconds(15));
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 4500, 4501, 4999})
  void staysAwayAfterACodeThatIsFinal(int code) {
    reconnection.plan(code, OPTIONS);

    assertThat(reconnection.delay()).isNull();
    assertThat(time.timers()).isZero();
    assertThat(reconnection.attempts()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1001, 1006, 1011, 3000, 4003, 4008, 4499})
  void comesBackAfterAnyOther(int code) {
    assertThat(planned(code)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void anAttemptThatIsTakenBackDoesNotBegin() {
    planned(HUNG_UP);
    reconnection.cancel();
    time.pass(Duration.ofHours(1));

    assertThat(attempts).isEmpty();
    assertThat(reconnection.delay()).isNull();
  }

  @Test
  void aSecondPlanTakesThePlaceOfTheFirst() {
    planned(HUNG_UP);
    planned(HUNG_UP);
    time.pass(Duration.ofHours(1));

    assertThat(attempts).hasSize(1);
  }

  @Test
  void anyNumberOfFailuresStaysWithinTheBounds() {
    AutoReconnectOptions steep =
        new AutoReconnectOptions(
            Duration.ofDays(24), Duration.ofDays(24), 1000, Duration.ofDays(24));
    AutoReconnectOptions none =
        new AutoReconnectOptions(Duration.ZERO, Duration.ZERO, 1000, Duration.ofSeconds(1));
    random = 1;
    for (int i = 0; i < 1000; i++) {
      reconnection.plan(HUNG_UP, steep);
      assertThat(reconnection.delay()).isEqualTo(Duration.ofDays(24));
      reconnection.plan(HUNG_UP, none);
      assertThat(reconnection.delay()).isZero();
    }
  }
}
