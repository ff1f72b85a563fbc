// SPDX-License-Identifier: MIT
package io.socketcluster.http.api.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Another backend.
 *
 * @param name under which its rate and its idempotency keys are kept
 * @param scopes what it may do
 */
record Caller(String name, List<String> scopes) {
  /** Refuses what no scope covers, for a channel or for all. */
  void require(String action, @Nullable String channel) throws ApiError {
    for (String scope : scopes) {
      boolean isLimited = scope.startsWith(action + ":");
      if (scope.equals(action)
          || (isLimited
              && channel != null
              && channel.startsWith(scope.substring(action.length() + 1)))) {
        return;
      }
    }
    throw ApiError.forbidden(action);
  }
}
