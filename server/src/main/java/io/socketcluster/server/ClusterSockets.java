// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sockets on all servers of an {@link AGCluster}. They are looked up when a method is called, so an
 * object of this type can be used again. The count of an answer is the number of sockets found.
 */
public interface ClusterSockets {
  /** Counts the sockets. */
  CompletableFuture<ClusterAnswer> count();

  /** Does on every server what {@link AGServerSocket#kickOut(String, String)} does. */
  CompletableFuture<ClusterAnswer> kickOut(String channel, @Nullable String message);

  /** Does on every server what {@link AGServerSocket#kickOut(String)} does. */
  CompletableFuture<ClusterAnswer> kickOut(@Nullable String message);

  /**
   * Does on every server what {@link AGServerSocket#disconnect(int, String)} does. The client
   * connects again by itself unless the code is 1000, or 4500 or more.
   *
   * @param code 1000, or 3000 to 4999
   * @throws InvalidArgumentsError for any other code
   */
  CompletableFuture<ClusterAnswer> disconnect(int code, @Nullable String reason);

  /**
   * Does on every server what {@link AGServerSocket#recheck(String)} does.
   *
   * @throws InvalidArgumentsError if {@code *} is somewhere else than at the end of the pattern
   */
  CompletableFuture<ClusterAnswer> recheck(String pattern);

  /** Does on every server what {@link AGServerSocket#deauthenticate()} does. */
  CompletableFuture<ClusterAnswer> deauthenticate();
}
