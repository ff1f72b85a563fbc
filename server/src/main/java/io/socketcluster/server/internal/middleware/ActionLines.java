// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.middleware;

import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.MiddlewareLine;
import java.util.concurrent.Executor;

/** Opens the lines of the connections of one event loop. */
public final class ActionLines {
  private final MiddlewareHost host;
  private final Executor loop;
  private final Executor handlers;

  /**
   * Makes the lines of one event loop.
   *
   * @param loop runs a task on the event loop, at once if that is where the caller is
   * @param handlers runs the handlers of middleware that consumes
   */
  public ActionLines(MiddlewareHost host, Executor loop, Executor handlers) {
    this.host = host;
    this.loop = loop;
    this.handlers = handlers;
  }

  /** Returns whether a line has no middleware at this moment. Any thread. */
  public boolean isAbsent(MiddlewareLine line) {
    return host.middleware(line) == null;
  }

  /** Returns whether a line has a middleware that decides on event loops. Any thread. */
  public boolean isNonBlocking(MiddlewareLine line) {
    AGMiddleware middleware = host.middleware(line);
    return middleware != null && middleware.nonBlockingHandler() != null;
  }

  /** Returns whether channels have no rules at this moment. Any thread. */
  public boolean hasNoRules() {
    return host.rules() == null;
  }

  /** Opens a line that asks the rules of channels for one connection. */
  public ActionLine openRules(MiddlewareReports reports) {
    MiddlewareHost rules = new RulesHost(host);
    return new ActionLine(MiddlewareLine.INBOUND, rules, loop, handlers, reports);
  }

  /** Opens a line for one connection; the line starts its middleware with its first action. */
  public ActionLine open(MiddlewareLine line, MiddlewareReports reports) {
    return new ActionLine(line, host, loop, handlers, reports);
  }
}
