// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import org.jspecify.annotations.Nullable;

/**
 * Answers the few plain HTTP requests of a server made by {@link SocketCluster#listen}: a health
 * check, a page. It is not a web framework; who has one attaches the server to it instead.
 */
@FunctionalInterface
public interface HttpHandler {
  /** Answers nothing: every request gets 501. */
  HttpHandler NONE = (method, path) -> null;

  /**
   * Answers a request. Called on a virtual thread.
   *
   * @param method {@code GET}, {@code HEAD}, ...
   * @param path the path of the request, decoded, without the query; as the client sent it: who
   *     serves files has to mind {@code ..}
   * @return the answer, or null for 501
   */
  @Nullable HttpAnswer handle(String method, String path) throws Exception;

  /**
   * Answers a request; for a handler that has to ask the server something. Called on a virtual
   * thread, as {@link #handle(String, String)} is, which by default gives the answer.
   */
  default @Nullable HttpAnswer handle(AGServer server, String method, String path)
      throws Exception {
    return handle(method, path);
  }

  /**
   * Returns a handler that answers a health check and leaves all other requests to {@code others}.
   * The check is answered with 200 while {@link AGServer#isReady} and with 503 otherwise, as when
   * the server is closing: a load balancer then sends its clients elsewhere.
   *
   * @param checkPath such as {@code /health-check}
   */
  static HttpHandler withHealthCheck(String checkPath, HttpHandler others) {
    return new HealthCheck(checkPath, others);
  }
}
