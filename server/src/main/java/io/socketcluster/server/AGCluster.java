// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.server.tokens.TokenRevocation;
import java.util.concurrent.CompletableFuture;

/**
 * All servers that the broker engine joins, this one included. A server whose engine joins no
 * others is a cluster of one. Every method is thread-safe, and none blocks.
 *
 * <p>Each call asks all servers and completes within two seconds, with what is known then: {@link
 * ClusterAnswer} says how many servers have answered. The futures complete on virtual threads. A
 * future fails only with a {@link ResourceLimitError}, when more than 1,024 calls are under way or
 * too many tokens are revoked.
 *
 * <p>The servers talk on the channel {@code #cluster} and on channels below {@code #cluster/}, to
 * which no client can subscribe or publish. A program that may publish at the broker can send every
 * order that this interface has.
 */
public interface AGCluster {
  /**
   * Returns the socket with this id, on whichever server it is.
   *
   * @param id the {@link AGServerSocket#id} of a socket that has completed its handshake
   */
  ClusterSockets socket(String id);

  /**
   * Returns the sockets whose auth token has a claim with this value, on all servers: {@code
   * socketsWithClaim("username", "alice")} are the sockets of a user.
   *
   * @param claim the name of a property at the top of the token
   * @param value a string, a number or a boolean
   * @throws InvalidArgumentsError if the value is anything else
   */
  ClusterSockets socketsWithClaim(String claim, Object value);

  /** Counts the sockets that have completed their handshake, on all servers. */
  CompletableFuture<ClusterAnswer> clientsCount();

  /** Counts the sockets that are subscribed to a channel, on all servers. */
  CompletableFuture<ClusterAnswer> subscribersCount(String channel);

  /**
   * Asks the {@linkplain AGServer#channelRules rules} of every server again about the subscriptions
   * to the channels of a pattern, as {@link AGServerSocket#recheck} does, after a rule has changed
   * or what it looks at. For the sockets of one user, {@link ClusterSockets#recheck} asks less.
   *
   * @return the number of sockets that are asked about
   * @throws InvalidArgumentsError if {@code *} is somewhere else than at the end of the pattern
   */
  CompletableFuture<ClusterAnswer> recheck(String pattern);

  /**
   * Revokes signed auth tokens on all servers: sockets that have such a token lose it and what they
   * subscribed to with it, as if it had expired, and are told; nobody can authenticate with it any
   * more. Servers keep that in memory until the tokens have expired, and tell a server that comes
   * later. The application revokes again after all servers were down, or what was not {@linkplain
   * ClusterAnswer#isComplete complete}; a repetition does no harm.
   *
   * @return the number of sockets that have lost their token; fails with a {@link
   *     ResourceLimitError}, and without effect, when {@code tokenRevocationLimit} is reached, or
   *     16 different claims are in use
   */
  CompletableFuture<ClusterAnswer> revokeTokens(TokenRevocation revocation);

  /**
   * Returns how many messages between servers this server has ignored so far: they have no form
   * that it knows, or more than 1,024 waited.
   */
  long ignoredMessages();
}
