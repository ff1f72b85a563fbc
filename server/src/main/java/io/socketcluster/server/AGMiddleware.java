// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.stream.StreamHandler;
import java.util.Objects;

/**
 * Decides about the actions of a line. It is started once for every connection, with its first
 * action, on a virtual thread of its own and with the stream of that connection's actions; the next
 * one waits until the action before it has been allowed or blocked, and no other connection waits
 * with it.
 *
 * <pre>{@code
 * agServer.setMiddleware(AGServer.MIDDLEWARE_INBOUND, actions -> {
 *   for (AGAction action : actions) {
 *     if (action.type() == AGAction.Type.PUBLISH_IN && !mayPublish(action)) {
 *       action.block(new AGException("ForbiddenError", "Not for you"));
 *       continue;
 *     }
 *     action.allow();
 *   }
 * });
 * }</pre>
 *
 * <p>{@link #each} makes a middleware that occupies no thread while a connection is quiet.
 *
 * <p>Only {@code allow} lets an action through. One that is not decided within {@code
 * middlewareTimeout} is blocked with a {@code TimeoutError}. A middleware that throws or returns
 * before its stream ends has blocked the action that it left undecided, and all that come after it
 * on this connection, with a {@code MiddlewareError}; an {@code AGException} that it throws reaches
 * the client as it is.
 */
@FunctionalInterface
public interface AGMiddleware {
  /**
   * Consumes the actions of one connection until the stream ends, or calls {@code consume} and
   * returns.
   */
  void run(MiddlewareStream actions) throws Exception;

  /**
   * Returns whether {@link #run} only registers consumers and returns. It is then called on the
   * event loop, without a thread of its own.
   */
  default boolean registersOnly() {
    return false;
  }

  /**
   * Returns a middleware that calls {@code handler} with every action, on a virtual thread that
   * exists only while actions are pending. A handler that throws blocks the action.
   */
  static AGMiddleware each(StreamHandler<AGAction> handler) {
    return new EachAction(Objects.requireNonNull(handler, "handler"));
  }
}
