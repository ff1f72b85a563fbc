// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal;

import io.netty.channel.EventLoop;
import io.socketcluster.core.time.TimeSource;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.internal.middleware.ActionLine;
import io.socketcluster.server.internal.middleware.PendingAction;
import io.socketcluster.server.internal.transport.PendingUpgrade;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An upgrade that the handshake middleware was asked about. It has no socket and hence no sweep:
 * its time is a timer of its own. Event loop only, but for {@link #refuse}.
 */
final class UpgradeQuestion implements PendingUpgrade, ActionLine.Answer {
  private final ActionLine line;
  private final Executor tasks;
  private final Consumer<@Nullable Throwable> decided;
  private final Set<UpgradeQuestion> pending;
  private @Nullable Future<?> timer;
  private boolean over;

  UpgradeQuestion(
      ActionLine line,
      Executor tasks,
      Consumer<@Nullable Throwable> decided,
      Set<UpgradeQuestion> pending) {
    this.line = line;
    this.tasks = tasks;
    this.decided = decided;
    this.pending = pending;
  }

  void ask(UpgradeRequest request, EventLoop loop, TimeSource time, Duration limit) {
    timer = time.schedule(loop, limit, line::timeOut);
    loop.execute(() -> line.ask(PendingAction.upgrade(request), this)); // not before we return
  }

  /** Returns the line of the connection, which is asked about its handshake too. */
  ActionLine line() {
    return line;
  }

  @Override
  public void allowed(@Nullable Payload data) {
    if (end()) {
      decided.accept(null);
    }
  }

  @Override
  public void blocked(Throwable error) {
    if (end()) {
      line.kill();
      decided.accept(error);
    }
  }

  @Override
  public void abandon() {
    end();
    line.kill();
  }

  /** The server closes. Any thread. */
  void refuse() {
    tasks.execute(() -> blocked(new InvalidActionError("The server is closing")));
  }

  private boolean end() {
    boolean first = !over;
    over = true;
    pending.remove(this);
    Future<?> scheduled = timer;
    if (scheduled != null) {
      scheduled.cancel(false);
    }
    return first;
  }
}
