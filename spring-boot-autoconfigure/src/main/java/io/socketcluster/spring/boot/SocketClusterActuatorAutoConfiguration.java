// SPDX-License-Identifier: MIT
package io.socketcluster.spring.boot;

import io.socketcluster.server.AGServer;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells Actuator about the server. */
@AutoConfiguration(after = SocketClusterAutoConfiguration.class)
@ConditionalOnBean(AGServer.class)
public class SocketClusterActuatorAutoConfiguration {
  /** Health, if Spring Boot's health module is there. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(HealthIndicator.class)
  static class HealthConfiguration {
    @Bean
    SocketClusterHealthIndicator socketClusterHealthIndicator(AGServer server) {
      return new SocketClusterHealthIndicator(server);
    }
  }

  /** The endpoint {@code socketcluster}, if Actuator is there. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(Endpoint.class)
  static class EndpointConfiguration {
    @Bean
    SocketClusterEndpoint socketClusterEndpoint(AGServer server) {
      return new SocketClusterEndpoint(server);
    }
  }
}
