// SPDX-License-Identifier: MIT
package io.socketcluster.spring.boot;

import io.netty.channel.Channel;
import io.socketcluster.server.netty.DeferredUpgrade;
import java.security.Principal;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.server.RequestPath;
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
    HttpServerRequest asked = nettyRequest(exchange.getRequest());
    Channel channel = asked == null ? null : channelOf(asked);
    DeferredUpgrade upgrade = channel == null ? null : DeferredUpgrade.of(channel);
    if (asked == null
        || channel == null
        || upgrade == null
        || !isUpgrade(exchange.getRequest(), asked)) {
      return chain.filter(exchange);
    }
    return exchange
        .getPrincipal()
        .filter(FilteredUpgrades::isKnown)
        .map(Optional::of)
        .defaultIfEmpty(Optional.empty())
        .publishOn(Schedulers.fromExecutor(channel.eventLoop()))
        .map(principal -> upgrade.proceed(asked.requestHeaders(), principal.orElse(null)))
        .flatMap(isTaken -> isTaken ? Mono.empty() : chain.filter(exchange));
  }

  private static boolean isKnown(Principal principal) {
    return !(principal instanceof Authentication found && TRUST.isAnonymous(found));
  }

  private static boolean isUpgrade(ServerHttpRequest request, HttpServerRequest asked) {
    return "websocket".equalsIgnoreCase(request.getHeaders().getUpgrade())
        && isPathOf(asked.uri(), request.getPath());
  }

  /** If the filters have seen another path, they have not decided about this upgrade. */
  private static boolean isPathOf(String target, RequestPath seen) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    return path.equals(seen.value()) || path.equals(seen.pathWithinApplication().value());
  }

  /** Returns the request of Reactor Netty. */
  private static @Nullable HttpServerRequest nettyRequest(ServerHttpRequest request) {
    return ServerHttpRequestDecorator.getNativeRequest(request) instanceof HttpServerRequest known
        ? known
        : null;
  }

  private static @Nullable Channel channelOf(HttpServerRequest request) {
    AtomicReference<@Nullable Channel> channel = new AtomicReference<>();
    request.withConnection(connection -> channel.set(connection.channel()));
    return channel.get();
  }
}
