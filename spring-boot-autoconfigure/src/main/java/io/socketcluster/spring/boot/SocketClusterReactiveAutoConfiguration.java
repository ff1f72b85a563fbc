// SPDX-License-Identifier: MIT
package io.socketcluster.spring.boot;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.netty.DeferredUpgrade;
import io.socketcluster.server.netty.SocketClusterNetty;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.server.WebFilterChainProxy;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/** Serves the server on the port of the application, with Reactor Netty. */
@AutoConfiguration(after = SocketClusterAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({HttpServer.class, NettyReactiveWebServerFactory.class})
@ConditionalOnBean(AGServer.class)
@Conditional(OnApplicationPort.class)
public class SocketClusterReactiveAutoConfiguration {
  /** Upgrades are taken before Reactor Netty sees them, unless a filter takes them later. */
  @Bean
  WebServerFactoryCustomizer<NettyReactiveWebServerFactory> socketClusterNetty(
      AGServer server, ObjectProvider<UpgradeHandlers> others) {
    return factory -> {
      SocketClusterNetty.handler(server); // from now on the server serves
      UpgradeHandlers handlers =
          others.getIfAvailable(() -> () -> SocketClusterNetty.handler(server));
      factory.addServerCustomizers(http -> attach(http, handlers));
    };
  }

  private static HttpServer attach(HttpServer http, UpgradeHandlers handlers) {
    return http.doOnChannelInit(
        (observer, channel, address) ->
            channel
                .pipeline()
                .addAfter(NettyPipeline.HttpCodec, "socketcluster", handlers.newHandler()));
  }

  /** The filters of Spring Security see the requests for upgrades. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(WebFilterChainProxy.class)
  static class SecurityConfiguration {
    @Bean
    FilteredUpgrades socketClusterUpgrades() {
      return new FilteredUpgrades();
    }

    @Bean
    UpgradeHandlers socketClusterUpgradeHandlers(AGServer server, ListableBeanFactory beans) {
      boolean isSecured = beans.getBeanNamesForType(WebFilterChainProxy.class).length > 0;
      return () -> isSecured ? new DeferredUpgrade(server) : SocketClusterNetty.handler(server);
    }
  }
}
