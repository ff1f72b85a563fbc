// SPDX-License-Identifier: MIT
package io.socketcluster.spring.boot;

import io.netty.channel.Channel;
import io.socketcluster.server.netty.DeferredUpgrade;
import java.security.Principal;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;

/**
 * The last filter: a request for an upgrade that all filters before have let pass is given to the
 * server, with the user whom they have found.
 */
final class FilteredUpgrades implements WebFilter, Ordered {
  private static final AuthenticationTrustResolver TRUST = new AuthenticationTrustResolverImpl();

  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    Channel channel = channelOf(exchange.getRequest());
    DeferredUpgrade upgrade = channel == null ? null : DeferredUpgrade.of(channel);
    if (channel == null || upgrade == null || !isUpgrade(exchange.getRequest())) {
      return chain.filter(exchange);
    }
    return exchange
        .getPrincipal()
        .filter(FilteredUpgrades::isKnown)
        .map(Optional::of)
        .defaultIfEmpty(Optional.empty())
        .publishOn(Schedulers.fromExecutor(channel.eventLoop()))
        .map(principal -> upgrade.proceed(principal.orElse(null)))
        .flatMap(isTaken -> isTaken ? Mono.empty() : chain.filter(exchange));
  }

  private static boolean isKnown(Principal principal) {
    return !(principal instanceof Authentication found && TRUST.isAnonymous(found));
  }

  private static boolean isUpgrade(ServerHttpRequest request) {
    return "websocket".equalsIgnoreCase(request.getHeaders().getUpgrade());
  }

  /** Returns the channel of a request that came over HTTP/1.1 through Reactor Netty. */
  private static @Nullable Channel channelOf(ServerHttpRequest request) {
    AtomicReference<@Nullable Channel> channel = new AtomicReference<>();
    if (ServerHttpRequestDecorator.getNativeRequest(request) instanceof HttpServerRequest known) {
      known.withConnection(connection -> channel.set(connection.channel()));
    }
    return channel.get();
  }
}
