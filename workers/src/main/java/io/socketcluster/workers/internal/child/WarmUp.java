// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.child;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The time of a spare process before its first message, which makes it a worker: what it has used
 * once is fast then. The message does not wait for the end of this.
 */
final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  private WarmUp() {}

  /** Uses the library as long as it is wanted. */
  interface Use {
    void run(BooleanSupplier isWanted) throws Exception;
  }

  /** Returns the first message, and uses the library until it comes. */
  static JsonNode until(SupervisorLink link, Use use) throws IOException {
    AtomicBoolean isWanted = new AtomicBoolean(true);
    Thread user = new Thread(() -> run(use, isWanted::get), "socketcluster-warm-up");
    user.setDaemon(true);
    user.start();
    try {
      return link.first();
    } finally {
      isWanted.set(false);
    }
  }

  private static void run(Use use, BooleanSupplier isWanted) {
    try {
      use.run(isWanted);
    } catch (Exception e) {
      LOG.debug("The spare worker is not warm", e);
    }
  }
}
