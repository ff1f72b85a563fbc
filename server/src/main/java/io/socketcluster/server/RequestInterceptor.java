// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.protocol.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Intercepts every invoke that reaches a procedure, and its answer: to log, or to change the data
 * of either. Takes the place of SocketCluster's option {@code requestCreator}. To measure, a {@link
 * ServerObserver} is enough.
 *
 * <p>Clients of version 1 may send a call id without awaiting an answer. As long as it is not known
 * whether a procedure or a receiver will consume such a packet, it is intercepted, too.
 */
@FunctionalInterface
public interface RequestInterceptor {
  /**
   * Intercepts a request. Called on the event loop of the socket, so it must not block. If it
   * throws, the caller learns that the call failed, and the socket emits an {@code error}.
   *
   * @param socket the socket that the request came from
   * @param procedure the name that was invoked
   * @param data the data, as the middleware left it, or null without data
   * @return what becomes of the request: {@link Interception#NONE} leaves it as it is
   */
  Interception intercept(AGServerSocket socket, String procedure, @Nullable Payload data);

  /** What becomes of one request and its answer. Each method returns its argument by default. */
  interface Interception {
    /** Changes nothing. */
    Interception NONE = new Interception() {};

    /** Returns the data that the procedure gets. Called at once, on the event loop. */
    default @Nullable Payload data(@Nullable Payload data) {
      return data;
    }

    /**
     * Returns the data that a request is answered with. Called on the thread that answers. If it
     * throws, the answer stays as it was, and the socket emits an {@code error}.
     */
    default @Nullable Payload end(@Nullable Payload result) {
      return result;
    }

    /**
     * Returns the error that a request is answered with, in its form on the wire. Called on the
     * thread that answers. If it throws, the answer stays as it was, and the socket emits an {@code
     * error}.
     */
    default Payload error(Payload error) {
      return error;
    }
  }
}
