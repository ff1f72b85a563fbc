// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.stream.StreamHandler;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
 * <p>{@link #each} makes a middleware that occupies no thread while a connection is quiet. {@link
 * #nonBlocking} makes a middleware that runs on the event loop and costs the least.
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
    return new HandlerMiddleware(Objects.requireNonNull(handler, "handler"), false);
  }

  /**
   * Returns the handler that the event loop calls with every action instead of {@link #run}, or
   * null, the default, for a middleware that may block.
   */
  default @Nullable StreamHandler<AGAction> nonBlockingHandler() {
    return null;
  }

  /**
   * Returns a middleware whose {@code handler} is called with every action on the event loop of the
   * connection, without a virtual thread. An action that is allowed unchanged before the handler
   * returns delays nothing: publishes still share one frame and leave together.
   *
   * <p>The handler must decide from memory: while it runs, no other connection of its event loop is
   * served. It must not block, wait or compute for long. A handler that occupies the loop for 100
   * milliseconds is reported as a {@code warning} of the server, with its stack. It may leave an
   * action undecided and have another thread decide later, within {@code middlewareTimeout}. What
   * the handler sends to clients of its event loop leaves after it has returned. A handler that
   * throws blocks the action.
   *
   * <p>Methods of a socket on the same event loop that wait ({@code call}, {@code setAuthToken},
   * {@code deauthenticate}, {@code kickOut}) throw {@link IllegalStateException}: call them on
   * another thread.
   */
  static AGMiddleware nonBlocking(StreamHandler<AGAction> handler) {
    return new HandlerMiddleware(Objects.requireNonNull(handler, "handler"), true);
  }
}
