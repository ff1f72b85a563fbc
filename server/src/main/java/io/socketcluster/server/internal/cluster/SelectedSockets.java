// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.cluster;

import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.ClusterAnswer;
import io.socketcluster.server.ClusterSockets;
import io.socketcluster.server.internal.cluster.Order.Action;
import io.socketcluster.server.internal.rules.ChannelPattern;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gives orders about some sockets of the cluster. */
record SelectedSockets(Function<Order, CompletableFuture<ClusterAnswer>> cluster, Target target)
    implements ClusterSockets {
  @Override
  public CompletableFuture<ClusterAnswer> count() {
    return cluster.apply(Order.of(Action.COUNT, target));
  }

  @Override
  public CompletableFuture<ClusterAnswer> kickOut(String channel, @Nullable String message) {
    Objects.requireNonNull(channel, "channel");
    return cluster.apply(new Order(Action.KICK_OUT, target, channel, 0, message));
  }

  @Override
  public CompletableFuture<ClusterAnswer> kickOut(@Nullable String message) {
    return cluster.apply(new Order(Action.KICK_OUT, target, null, 0, message));
  }

  @Override
  public CompletableFuture<ClusterAnswer> disconnect(int code, @Nullable String reason) {
    if (!CloseCode.isApplicable(code)) {
      throw new InvalidArgumentsError("code is " + code + "; allowed: 1000 or 3000 to 4999");
    }
    return cluster.apply(new Order(Action.DISCONNECT, target, null, code, reason));
  }

  @Override
  public CompletableFuture<ClusterAnswer> recheck(String pattern) {
    ChannelPattern.of(pattern); // is refused here, not on other servers
    return cluster.apply(new Order(Action.RECHECK, target, pattern, 0, null));
  }

  @Override
  public CompletableFuture<ClusterAnswer> deauthenticate() {
    return cluster.apply(Order.of(Action.DEAUTHENTICATE, target));
  }
}
