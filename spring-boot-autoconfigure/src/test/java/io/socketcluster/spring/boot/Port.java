// SPDX-License-Identifier: MIT
package io.socketcluster.spring.boot;

import io.socketcluster.server.AGServer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;

/** The ports that a Spring Boot application can serve SocketCluster on. */
enum Port {
  TOMCAT(WebApplicationType.SERVLET, OnTomcat.class),
  JETTY(WebApplicationType.SERVLET, OnJetty.class),
  REACTOR_NETTY(WebApplicationType.REACTIVE, OnReactorNetty.class),
  OWN(WebApplicationType.NONE, OnItsOwn.class);

  /** A path for members only. */
  private static final String MEMBERS = "/members/**";

  private static final UserDetails ADA =
      User.withUsername("ada").password("{noop}lovelace").roles("USER").build();
  private static final UserDetails EVE =
      User.withUsername("eve").password("{noop}adams").roles("USER").build();

  private final WebApplicationType type;
  private final Class<?> container;

  Port(WebApplicationType type, Class<?> container) {
    this.type = type;
    this.container = container;
  }

  /** Starts the application with more properties, {@code name=value}. */
  ConfigurableApplicationContext start(String... more) {
    List<String> properties = new ArrayList<>(List.of(more));
    properties.add("server.port=0");
    properties.add("socketcluster.close-delay=0");
    if (this == OWN) {
      properties.add("socketcluster.port=0");
    }
    return new SpringApplicationBuilder(ChatApplication.class, container)
        .web(type)
        .properties(properties.toArray(String[]::new))
        .run();
  }

  int of(ConfigurableApplicationContext application) {
    return this == OWN
        ? application.getBean(AGServer.class).port()
        : application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  @Configuration(proxyBeanMethods = false)
  static class OnTomcat extends Secured {
    @Bean
    TomcatServletWebServerFactory container() {
      return new TomcatServletWebServerFactory(0);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OnJetty extends Secured {
    @Bean
    JettyServletWebServerFactory container() {
      return new JettyServletWebServerFactory(0);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OnReactorNetty {
    /** Applications share a JVM here: the end of the first ends the global event loops. */
    @Bean
    ReactorResourceFactory resources() {
      ReactorResourceFactory resources = new ReactorResourceFactory();
      resources.setUseGlobalResources(false);
      resources.setShutdownQuietPeriod(Duration.ZERO);
      return resources;
    }

    @Bean
    NettyReactiveWebServerFactory container(ReactorResourceFactory resources) {
      NettyReactiveWebServerFactory factory = new NettyReactiveWebServerFactory();
      factory.setAddress(InetAddress.getLoopbackAddress());
      factory.setResourceFactory(resources);
      return factory;
    }

    @Bean
    SecurityWebFilterChain security(ServerHttpSecurity http) {
      return http.authorizeExchange(
              exchange -> exchange.pathMatchers(MEMBERS).authenticated().anyExchange().permitAll())
          .httpBasic(basic -> {})
          .build();
    }

    @Bean
    MapReactiveUserDetailsService users() {
      return new MapReactiveUserDetailsService(ADA, EVE);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OnItsOwn {}

  /**
   * Everybody may connect, except to what is for members; who sends a name and a password has a
   * principal.
   */
  static class Secured {
    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(
              requests ->
                  requests.requestMatchers(MEMBERS).authenticated().anyRequest().permitAll())
          .httpBasic(basic -> {})
          .build();
    }

    @Bean
    UserDetailsService users() {
      return new InMemoryUserDetailsManager(ADA, EVE);
    }
  }
}
