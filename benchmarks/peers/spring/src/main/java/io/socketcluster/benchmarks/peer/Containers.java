// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.peer;

import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The web servers. All are on the class path, so that each application names its own. */
final class Containers {
  private Containers() {}

  @Configuration(proxyBeanMethods = false)
  static class Tomcat {
    @Bean
    TomcatServletWebServerFactory container() {
      return new TomcatServletWebServerFactory();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Jetty {
    @Bean
    JettyServletWebServerFactory container() {
      return new JettyServletWebServerFactory();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ReactorNetty {
    @Bean
    NettyReactiveWebServerFactory container() {
      return new NettyReactiveWebServerFactory();
    }
  }
}
