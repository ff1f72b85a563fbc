// SPDX-License-Identifier: MIT
package io.socketcluster.spring.boot;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.netty.SocketClusterNetty;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/** Serves the server on the port of the application, with Reactor Netty. */
@AutoConfiguration(after = SocketClusterAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({HttpServer.class, NettyReactiveWebServerFactory.class})
@ConditionalOnBean(AGServer.class)
@Conditional(OnApplicationPort.class)
public class SocketClusterReactiveAutoConfiguration {
  @Bean
  WebServerFactoryCustomizer<NettyReactiveWebServerFactory> socketClusterNetty(AGServer server) {
    return factory -> {
      SocketClusterNetty.handler(server); // from now on the server serves
      factory.addServerCustomizers(http -> attach(http, server));
    };
  }

  /** Upgrades are taken before Reactor Netty sees them; all else passes. */
  private static HttpServer attach(HttpServer http, AGServer server) {
    return http.doOnChannelInit(
        (observer, channel, address) ->
            channel
                .pipeline()
                .addAfter(
                    NettyPipeline.HttpCodec, "socketcluster", SocketClusterNetty.handler(server)));
  }
}
