// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.loop;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Looks at an event loop from another thread, ten times a second from its first {@link InlineCall}
 * until the loop ends, and names the call that it has seen twice with the stack of that moment.
 */
final class InlineCallWatch {
  static final Duration INTERVAL = Duration.ofMillis(100);

  private final Thread loop;
  private final InlineCall call;
  private InlineCall.@Nullable Subject seen;
  private int looks; // at the call that was seen

  InlineCallWatch(Thread loop, InlineCall call) {
    this.loop = loop;
    this.call = call;
  }

  static void start(Thread loop, InlineCall call) {
    Thread.ofVirtual()
        .name("socketcluster-" + loop.getName() + "-watch")
        .start(new InlineCallWatch(loop, call)::run);
  }

  private void run() {
    try {
      while (loop.isAlive()) {
        Thread.sleep(INTERVAL);
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Each call is named once. */
  @SuppressWarnings("ReferenceEquality") // one call
  void look() {
    InlineCall.Subject current = call.current();
    looks = current == seen ? looks + 1 : 0;
    seen = current;
    if (current != null && looks == 1) {
      StackTraceElement[] stack = loop.getStackTrace();
      if (call.current() == current) {
        current.blocksLoop(INTERVAL.toMillis(), stack);
      }
    }
  }
}
