// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.cluster;

import io.socketcluster.server.internal.cluster.ServersMessage.Here;
import io.socketcluster.server.internal.cluster.ServersMessage.Leaving;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells the other servers that this one is there, and forgets those that have fallen silent. While
 * the broker cannot be reached nobody is forgotten. Thread-safe.
 */
final class Presence {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration SILENCE = INTERVAL.multipliedBy(3);

  private final ServersLink link;
  private final OtherServers others;
  private final String self;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile long announcedAt = System.nanoTime(); // anew, after a gap

  Presence(ServersLink link, OtherServers others, String self) {
    this.link = link;
    this.others = others;
    this.self = self;
  }

  void begin() {
    announce();
    Thread.ofVirtual().name("socketcluster-presence").start(this::repeat);
  }

  /** Tells all; those that did not know this server answer at once. */
  void announce() {
    announcedAt = System.nanoTime();
    link.tellAll(new Here(self));
  }

  /** Returns whether the others have had so much time to answer the last announcement. */
  boolean hasBeenAnnouncedFor(Duration time) {
    return System.nanoTime() - announcedAt > time.toNanos();
  }

  private void repeat() {
    try {
      while (!ended.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        if (link.isReady()) {
          others.forgetSilent(SILENCE.toNanos());
          link.tellAll(new Here(self));
        } else {
          others.heardAll();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void end() {
    ended.countDown();
    link.tellAll(new Leaving(self));
  }
}
