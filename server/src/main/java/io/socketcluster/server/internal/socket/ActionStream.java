// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.MiddlewareStream;
import io.socketcluster.stream.StreamDemux;
import io.socketcluster.stream.StreamHandler;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The actions of one socket on one line. What is written before the middleware has begun to consume
 * is kept for it. Thread-safe.
 */
final class ActionStream implements MiddlewareStream {
  /** One action at a time is open; no bound is ever reached. */
  private static final int RETAINED = Integer.MAX_VALUE;

  private final MiddlewareLine line;
  private final StreamDemux<AGAction> actions;
  private volatile @Nullable PendingAction latest; // written on the event loop
  private volatile @Nullable Exception failed; // written by the middleware's thread

  private ActionStream(MiddlewareLine line, Consumer<Throwable> onFailure) {
    this.line = line;
    this.actions = new StreamDemux<>((action, failure) -> abandon(action, failure, onFailure));
    actions.retain(RETAINED, name -> true);
  }

  /** Starts a middleware for a socket. One of function style needs no thread for that. */
  static ActionStream start(
      MiddlewareLine line, AGMiddleware middleware, Consumer<Throwable> onFailure) {
    ActionStream stream = new ActionStream(line, onFailure);
    if (middleware.registersOnly()) {
      stream.run(middleware, onFailure);
    } else {
      Thread.ofVirtual()
          .name("socketcluster-" + line.value() + "-middleware")
          .start(() -> stream.run(middleware, onFailure));
    }
    return stream;
  }

  private void run(AGMiddleware middleware, Consumer<Throwable> onFailure) {
    try {
      middleware.run(this);
    } catch (Exception e) {
      onFailure.accept(e);
      fail(e);
    }
  }

  /** A loop that ended with an exception decides nothing any more, and that allows nothing. */
  private void fail(Exception failure) {
    failed = failure;
    PendingAction undecided = latest;
    if (undecided != null) {
      undecided.abandon(refusal(failure));
    }
  }

  /** A handler that throws has not allowed the action. */
  private static void abandon(Object item, Throwable failure, Consumer<Throwable> onFailure) {
    onFailure.accept(failure);
    if (item instanceof PendingAction action) {
      action.abandon(refusal(failure));
    }
  }

  private static AGException refusal(Throwable failure) {
    return failure instanceof AGException deliberate
        ? deliberate
        : new AGException("MiddlewareError", "The middleware failed");
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
    actions.stream(line.value()).consume(handler);
    actions.release();
  }

  /** Asks about an action; the one before it has been decided. */
  void write(PendingAction action) {
    latest = action; // first: whoever fails now finds it, or is found here
    Exception failure = failed;
    if (failure == null) {
      actions.write(line.value(), action);
    } else {
      action.abandon(refusal(failure));
    }
  }

  void kill() {
    actions.killAll();
  }
}
