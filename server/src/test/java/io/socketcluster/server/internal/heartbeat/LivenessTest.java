// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.internal.heartbeat.Liveness.Due;
import io.socketcluster.server.internal.loop.LoopTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LivenessTest {
  private static final long INTERVAL = 100;

  private final AGServerOptions options =
      AGServerOptions.builder()
          .pingInterval(Duration.ofSeconds(8))
          .pingTimeout(Duration.ofSeconds(20))
          .handshakeTimeout(Duration.ofSeconds(10))
          .build();
  private final LoopTime time = new LoopTime(millis(INTERVAL), 0);
  private final Liveness liveness = new Liveness(options, time, 0);
  private long now;

  private static long millis(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }

  /** Sweeps until something is due or the time has come; looks only when it was asked to. */
  private Due sweepUntil(long endMillis, boolean deaf) {
    long look = now;
    while (now < millis(endMillis)) {
      now += millis(INTERVAL);
      time.sweep(now);
      if (now >= look) {
        Due due = liveness.check(now, true, deaf);
        look = now + liveness.next(now, true);
        if (due != Due.NOTHING) {
          return due;
        }
      }
    }
    return Due.NOTHING;
  }

  private long nowMillis() {
    return Duration.ofNanos(now).toMillis();
  }

  @Test
  void whoIsSilentIsPingedInItsTimeAndIsGoneAfterTheTimeout() {
    assertThat(sweepUntil(60_000, false)).isEqualTo(Due.PING);
    assertThat(nowMillis()).isBetween(8_000L, 8_000 + INTERVAL);
    assertThat(sweepUntil(60_000, false)).isEqualTo(Due.PING);
    assertThat(nowMillis()).isBetween(16_000L, 16_000 + 2 * INTERVAL);
    assertThat(sweepUntil(60_000, false)).isEqualTo(Due.PONG_TIMEOUT);
    assertThat(nowMillis()).isBetween(20_000L, 20_000 + 2 * INTERVAL);
  }

  @Test
  void theTimeoutBeginsWithWhatIsHeardLast() {
    sweepUntil(60_000, false);
    sweepUntil(10_050, false);
    liveness.heard();
    long heard = nowMillis();

    Due due = sweepUntil(60_000, false);
    while (due == Due.PING) {
      due = sweepUntil(60_000, false);
    }
    assertThat(due).isEqualTo(Due.PONG_TIMEOUT);
    assertThat(nowMillis()).isBetween(heard + 20_000, heard + 20_000 + 2 * INTERVAL);
  }

  @Test
  void whoCannotBeHeardIsPingedAndNotMissed() {
    for (int i = 0; i < 10; i++) {
      assertThat(sweepUntil(100_000, true)).isEqualTo(Due.PING);
    }
  }

  @Test
  void theTimeForWhichTheLoopIsLateDoesNotCount() {
    sweepUntil(60_000, false); // the first ping
    now += millis(11_900);
    time.sweep(now);
    assertThat(liveness.check(now, true, false)).isEqualTo(Due.PING);
    now += millis(900);
    time.sweep(now);
    assertThat(liveness.check(now, true, false)).isEqualTo(Due.NOTHING);
  }

  @Test
  void beforeItsHandshakeNobodyIsPingedAndItHasATimeOfItsOwn() {
    assertThat(liveness.check(millis(9_999), false, false)).isEqualTo(Due.NOTHING);
    assertThat(liveness.next(millis(9_999), false)).isEqualTo(millis(1));
    assertThat(liveness.check(millis(10_000), false, false)).isEqualTo(Due.HANDSHAKE_TIMEOUT);
    assertThat(liveness.check(millis(10_000), true, false)).isEqualTo(Due.PING);
  }

  @Test
  void whatATransportWatchesIsNeitherPingedNorGone() {
    Liveness left = new Liveness(options, false, time, 0);
    now = millis(100_000);
    time.sweep(now);
    assertThat(left.check(now, true, false)).isEqualTo(Due.NOTHING);
    assertThat(left.next(now, true)).isEqualTo(Long.MAX_VALUE);
    assertThat(left.check(now, false, false)).isEqualTo(Due.HANDSHAKE_TIMEOUT);
  }
}
