// SPDX-License-Identifier: MIT
package io.socketcluster.server.spi;

/**
 * A transport or protocol that shares the HTTP port of a server. {@link HttpTransports#mount} adds
 * it. Requests and upgrades that no transport claims pass on to the endpoints of the server and to
 * the application, unchanged.
 *
 * <p>All methods are called on event loops: they must return soon and must not block.
 */
public interface HttpTransport {
  /**
   * Returns whether requests for a path belong to this transport.
   *
   * @param path as sent, without the query; neither decoded nor normalised
   */
  boolean claims(String path);

  /** Returns the most bytes that the body of a request may have; longer bodies get a 413. */
  int maxRequestBody();

  /**
   * Takes a request with its whole body. The transport answers it once, now or later, on any
   * thread. The connection serves no other request until then.
   */
  void onRequest(HttpExchange exchange);

  /**
   * Takes a request that asks for an upgrade, before its body is read. The transport refuses it or
   * takes the connection over, once, before the method returns.
   *
   * @return false to serve the request as if it did not ask for an upgrade
   */
  boolean onUpgrade(HttpUpgrade upgrade);
}
