// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.events;

import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.internal.middleware.ActionLines;
import io.socketcluster.server.internal.middleware.MiddlewareHost;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Lines whose middleware decides when the test says so. */
public final class TestLines implements MiddlewareHost {
  private final AGServerOptions options;
  private final Map<MiddlewareLine, AGMiddleware> middlewares = new EnumMap<>(MiddlewareLine.class);
  private final Queue<Runnable> handlers = new ArrayDeque<>();
  private final Queue<AGAction> undecided = new ArrayDeque<>();

  public TestLines(AGServerOptions options) {
    this.options = options;
  }

  /** Returns the lines of an event loop, on which the caller is. */
  public ActionLines ofLoop() {
    return new ActionLines(this, Runnable::run, handlers::add);
  }

  /** Gives a line a middleware. */
  public void ask(MiddlewareLine line) {
    middlewares.put(line, AGMiddleware.each(undecided::add));
  }

  /** Returns the next action that waits for its decision, or null. */
  public @Nullable AGAction poll() {
    Runnable handler = handlers.poll();
    while (handler != null) {
      handler.run();
      handler = handlers.poll();
    }
    return undecided.poll();
  }

  /** Returns the next action that waits for its decision. */
  public AGAction next() {
    AGAction action = poll();
    if (action == null) {
      throw new AssertionError("Nothing is asked");
    }
    return action;
  }

  @Override
  public AGServerOptions options() {
    return options;
  }

  @Override
  public @Nullable AGMiddleware middleware(MiddlewareLine line) {
    return middlewares.get(line);
  }
}
