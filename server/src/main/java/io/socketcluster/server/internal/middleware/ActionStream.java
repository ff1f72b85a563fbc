// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.middleware;

import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.MiddlewareStream;
import io.socketcluster.stream.StreamDemux;
import io.socketcluster.stream.StreamHandler;
import java.util.Iterator;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The actions of one connection on one line. What is written before the middleware has begun to
 * consume is kept for it. Thread-safe.
 */
final class ActionStream implements MiddlewareStream {
  /** Told how a middleware fails, on its own thread. */
  interface Observer {
    /** A handler threw, whether the action was decided or not. */
    void failed(PendingAction action, Throwable failure);

    /** A loop ended, by an exception or without one: it decides nothing any more. */
    void ended(ActionStream stream, @Nullable Throwable failure);
  }

  /** One action at a time is open; no bound is ever reached. */
  private static final int RETAINED = Integer.MAX_VALUE;

  private final MiddlewareLine line;
  private final Observer observer;
  private final StreamDemux<AGAction> actions;
  private volatile boolean handled;

  private ActionStream(MiddlewareLine line, Observer observer, Executor handlers) {
    this.line = line;
    this.observer = observer;
    this.actions = new StreamDemux<>(this::failed, handlers);
    actions.retain(RETAINED, name -> true);
  }

  /** Starts a middleware for a connection. One of function style needs no thread for that. */
  static ActionStream start(
      MiddlewareLine line, AGMiddleware middleware, Observer observer, Executor handlers) {
    ActionStream stream = new ActionStream(line, observer, handlers);
    if (middleware.registersOnly()) {
      stream.run(middleware);
    } else {
      Thread.ofVirtual()
          .name("socketcluster-" + line.value() + "-middleware")
          .start(() -> stream.run(middleware));
    }
    return stream;
  }

  private void run(AGMiddleware middleware) {
    try {
      middleware.run(this);
      if (!handled) {
        observer.ended(this, null);
      }
    } catch (Throwable e) { // whatever it was, nobody decides any more
      observer.ended(this, e);
    }
  }

  private void failed(@Nullable Object item, Throwable failure) {
    if (item instanceof PendingAction action) {
      observer.failed(action, failure);
    }
  }

  @Override
  public MiddlewareLine type() {
    return line;
  }

  @Override
  public Iterator<AGAction> iterator() {
    Iterator<AGAction> iterator = actions.stream(line.value()).iterator();
    actions.release();
    return iterator;
  }

  @Override
  public void consume(StreamHandler<AGAction> handler) {
    handled = true;
    actions.stream(line.value()).consume(handler);
    actions.release();
  }

  /** Asks about an action; the one before it has been decided. */
  void write(PendingAction action) {
    actions.write(line.value(), action);
  }

  /** Ends the middleware when it has taken what was written. */
  void close() {
    actions.closeAll();
  }

  /** Ends the middleware at once. */
  void kill() {
    actions.killAll();
  }
}
