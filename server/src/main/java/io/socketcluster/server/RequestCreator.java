// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.core.InboundCall;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ResponsePacket;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Creates the request of every invoke that reaches a procedure: the {@code requestCreator} option
 * of SocketCluster. A creator can wrap the responder in order to measure, log or change the answer.
 *
 * <p>A version 1 client may send a call id without expecting an answer. A request is also created
 * for such a packet while it is undecided whether a procedure or a receiver will consume it.
 *
 * <p>The creator is called on the event loop of the socket, so it must only build the request.
 * After an exception the caller learns that the call failed, and the socket emits an {@code error}.
 */
@FunctionalInterface
public interface RequestCreator {
  /**
   * Makes a request.
   *
   * @param socket the socket that it came from
   * @param procedure the name that was invoked
   * @param id the call id, to be kept
   * @param data the data, after the middleware; null when there is none
   * @param responder sends the answer; safe on any thread, the answer is given on the thread of the
   *     handler
   */
  InboundCall create(
      AGServerSocket socket,
      String procedure,
      long id,
      @Nullable Payload data,
      Consumer<ResponsePacket> responder);
}
