// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal;

import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.internal.middleware.ActionLine;
import io.socketcluster.server.internal.middleware.MiddlewareHost;
import io.socketcluster.server.internal.middleware.MiddlewareReports;
import io.socketcluster.server.internal.session.ServerLoop;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The upgrades that wait for the decision of the handshake middleware. Thread-safe. */
final class HandshakeMiddleware {
  private final MiddlewareHost host;
  private final MiddlewareReports reports;
  private final Set<UpgradeQuestion> pending = ConcurrentHashMap.newKeySet();

  HandshakeMiddleware(MiddlewareHost host, MiddlewareReports reports) {
    this.host = host;
    this.reports = reports;
  }

  /** Asks about an upgrade, on its event loop; returns null when there is nobody to ask. */
  @Nullable UpgradeQuestion ask(
      UpgradeRequest request, ServerLoop serverLoop, Consumer<@Nullable Throwable> decided) {
    Executor tasks = serverLoop.tasks();
    ActionLine line = serverLoop.lines().open(MiddlewareLine.HANDSHAKE, reports);
    if (line.isAbsent()) {
      return null;
    }
    UpgradeQuestion upgrade = new UpgradeQuestion(line, tasks, decided, pending);
    pending.add(upgrade);
    upgrade.ask(request, serverLoop.eventLoop(), serverLoop.sweep().source(), limit());
    return upgrade;
  }

  /** The server closes: none of those that wait will be allowed. */
  void refuseAll() {
    pending.forEach(UpgradeQuestion::refuse);
  }

  /** Without a limit for the middleware there still is one for the handshake. */
  private Duration limit() {
    Duration handshake = host.options().handshakeTimeout();
    Duration middleware = host.options().middlewareTimeout();
    boolean shorter = !middleware.isZero() && middleware.compareTo(handshake) < 0;
    return shorter ? middleware : handshake;
  }
}
