// SPDX-License-Identifier: MIT
package io.socketcluster.server.spi;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.UpgradeRequest;

/**
 * A request that asks for another protocol. The transport refuses it or takes its connection over.
 * Event loop only.
 */
public interface HttpUpgrade {
  /** Returns the method, such as {@code GET}. */
  String method();

  /** Returns the head of the request and the addresses of its connection. */
  UpgradeRequest request();

  /** Returns whether the request came over TLS. */
  boolean isSecure();

  /** Returns whether the option {@code origins} allows the page that sent the request. */
  boolean isOriginAllowed();

  /**
   * Answers with a refusal and closes the connection.
   *
   * @throws IllegalStateException if the upgrade has been refused or taken over
   */
  void refuse(HttpAnswer answer);

  /**
   * Sends bytes as they are and replaces all handlers that speak HTTP by another. The handler
   * receives what follows the head of the request as {@code ByteBuf}s. It may receive other objects
   * and must release them unread. A closing server waits until the connection is closed.
   *
   * @param answer the answer to the request, whose reference is taken over
   * @throws IllegalStateException if the upgrade has been refused or taken over
   */
  void takeOver(ByteBuf answer, ChannelHandler handler);
}
