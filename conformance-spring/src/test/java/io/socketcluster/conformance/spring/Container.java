// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.spring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** The web servers of Spring Boot that serve the port of an application. */
enum Container {
  TOMCAT(WebApplicationType.SERVLET, OnTomcat.class),
  JETTY(WebApplicationType.SERVLET, OnJetty.class),
  REACTOR_NETTY(WebApplicationType.REACTIVE, OnReactorNetty.class);

  private static final Lock STARTING = new ReentrantLock();

  private final WebApplicationType type;
  private final Class<?> configuration;

  Container(WebApplicationType type, Class<?> configuration) {
    this.type = type;
    this.configuration = configuration;
  }

  /**
   * Starts the application with more properties, {@code name=value}. Tests that run at the same
   * time start theirs one after the other: Spring Boot sets up the logging of the JVM meanwhile.
   */
  ConfigurableApplicationContext start(String... more) {
    List<String> properties = new ArrayList<>(List.of(more));
    properties.add("server.port=0");
    SpringApplicationBuilder application =
        new SpringApplicationBuilder(ScenarioApplication.class, configuration)
            .web(type)
            .properties(properties.toArray(String[]::new));
    STARTING.lock();
    try {
      return application.run();
    } finally {
      STARTING.unlock();
    }
  }

  static int portOf(ConfigurableApplicationContext application) {
    return application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  @Configuration(proxyBeanMethods = false)
  static class OnTomcat {
    @Bean
    TomcatServletWebServerFactory container() {
      return new TomcatServletWebServerFactory(0);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OnJetty {
    @Bean
    JettyServletWebServerFactory container() {
      return new JettyServletWebServerFactory(0);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OnReactorNetty {
    /** Two applications share a JVM here: the end of the first ends the global event loops. */
    @Bean
    ReactorResourceFactory resources() {
      ReactorResourceFactory resources = new ReactorResourceFactory();
      resources.setUseGlobalResources(false);
      resources.setShutdownQuietPeriod(Duration.ZERO);
      return resources;
    }

    @Bean
    NettyReactiveWebServerFactory container(ReactorResourceFactory resources) {
      NettyReactiveWebServerFactory factory = new NettyReactiveWebServerFactory(0);
      factory.setResourceFactory(resources);
      return factory;
    }
  }
}
