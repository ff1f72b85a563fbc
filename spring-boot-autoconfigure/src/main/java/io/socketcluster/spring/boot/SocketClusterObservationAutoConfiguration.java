// SPDX-License-Identifier: MIT
package io.socketcluster.spring.boot;

import io.micrometer.observation.ObservationRegistry;
import io.socketcluster.micrometer.ServerObservations;
import io.socketcluster.spring.handlers.CallDecorator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Observes the calls of annotated methods, if the application has an observation registry. */
@AutoConfiguration(
    afterName =
        "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnProperty(name = "socketcluster.enabled", matchIfMissing = true)
@ConditionalOnClass({ObservationRegistry.class, ServerObservations.class})
@ConditionalOnBean(ObservationRegistry.class)
public class SocketClusterObservationAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  ServerObservations socketClusterObservations(ObservationRegistry registry) {
    return new ServerObservations(registry);
  }

  @Bean
  @ConditionalOnMissingBean
  CallDecorator observedCalls(ServerObservations observations) {
    return observations::observed;
  }
}
