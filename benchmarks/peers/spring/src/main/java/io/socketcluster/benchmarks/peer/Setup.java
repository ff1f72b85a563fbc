// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.peer;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** The applications, and the parts of each. */
enum Setup {
  OWN_PORT(WebApplicationType.NONE, SocketCluster.Handlers.class, SocketCluster.OwnPages.class),
  OWN_PORT_METERS(
      WebApplicationType.NONE,
      SocketCluster.Handlers.class,
      SocketCluster.OwnPages.class,
      SocketCluster.Meters.class),
  TOMCAT(
      WebApplicationType.SERVLET,
      SocketCluster.Handlers.class,
      SocketCluster.Pages.class,
      Containers.Tomcat.class),
  JETTY(
      WebApplicationType.SERVLET,
      SocketCluster.Handlers.class,
      SocketCluster.Pages.class,
      Containers.Jetty.class),
  REACTOR_NETTY(
      WebApplicationType.REACTIVE,
      SocketCluster.Handlers.class,
      SocketCluster.Pages.class,
      Containers.ReactorNetty.class),
  STOMP_TOMCAT(WebApplicationType.SERVLET, Stomp.class, Containers.Tomcat.class),
  STOMP_JETTY(WebApplicationType.SERVLET, Stomp.class, Containers.Jetty.class);

  private final WebApplicationType type;
  private final List<Class<?>> configurations;

  Setup(WebApplicationType type, Class<?>... configurations) {
    this.type = type;
    this.configurations = List.of(configurations);
  }

  WebApplicationType type() {
    return type;
  }

  boolean hasItsOwnPort() {
    return type == WebApplicationType.NONE;
  }

  boolean hasStomp() {
    return configurations.contains(Stomp.class);
  }

  Class<?>[] configurations() {
    return Stream.concat(Stream.of(Base.class), configurations.stream()).toArray(Class<?>[]::new);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Base {}
}
