// SPDX-License-Identifier: MIT
package io.socketcluster.spring.boot;

import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.servlet.SocketClusterServlet;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Serves the server on the port of the application, with Tomcat or Jetty. */
@AutoConfiguration(after = SocketClusterAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({SocketClusterServlet.class, ServletRegistrationBean.class})
@ConditionalOnBean(AGServer.class)
@Conditional(OnApplicationPort.class)
public class SocketClusterServletAutoConfiguration {
  @Bean
  ServletRegistrationBean<SocketClusterServlet> socketClusterServlet(AGServer server) {
    String[] mappings =
        server.options().endpoints().stream()
            .map(AGEndpoint::path)
            .map(SocketClusterServletAutoConfiguration::mapping)
            .distinct()
            .toArray(String[]::new);
    ServletRegistrationBean<SocketClusterServlet> registration =
        new ServletRegistrationBean<>(new SocketClusterServlet(server), mappings);
    registration.setName("socketcluster");
    registration.setAsyncSupported(true);
    registration.setLoadOnStartup(1);
    return registration;
  }

  /** The mapping has the path in both spellings. */
  private static String mapping(String path) {
    return (path.endsWith("/") ? path : path + "/") + "*";
  }
}
