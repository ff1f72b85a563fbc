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
}
