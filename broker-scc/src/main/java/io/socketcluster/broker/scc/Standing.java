// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.broker.cluster.LinkEvents;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether the seat in the cluster is whole: the engine learns each change once. Thread-safe. */
final class Standing {
  private final LinkEvents engine;

  @GuardedBy("this")
  private boolean whole;

  Standing(LinkEvents engine) {
    this.engine = engine;
  }

  synchronized boolean isWhole() {
    return whole;
  }

  /**
   * Looks again whether the seat is whole. The supplier is asked under the exclusion, so that the
   * last who looks sees the truth.
   *
   * @param problem says what is missing; null when nothing is
   * @return whether anything has changed
   */
  synchronized boolean update(Supplier<@Nullable Problem> problem) {
    Problem missing = problem.get();
    boolean before = whole;
    whole = missing == null;
    if (whole && !before) {
      engine.connected();
    } else if (missing != null && before) {
      engine.disconnected(missing.reason(), missing.since());
    }
    return whole != before;
  }
}
