// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.middleware;

import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.MiddlewareLine;
import org.jspecify.annotations.Nullable;

/** What a line needs of the server. Every method is thread-safe. */
public interface MiddlewareHost {
  /** Returns the options of the server. */
  AGServerOptions options();

  /** Returns the middleware that a line has at this moment, or null. */
  @Nullable AGMiddleware middleware(MiddlewareLine line);

  /** Returns what asks the rules of channels at this moment, or null without rules. */
  default @Nullable AGMiddleware rules() {
    return null;
  }
}
