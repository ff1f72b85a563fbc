// SPDX-License-Identifier: MIT
package io.socketcluster.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.socketcluster.server.AGServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class DisabledServerTest {
  /** An application with what Actuator brings. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class ObservedApplication {
    @Bean
    MeterRegistry meters() {
      return new SimpleMeterRegistry();
    }

    @Bean
    ObservationRegistry observations() {
      return ObservationRegistry.create();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anObservedApplicationStartsWithAndWithoutTheServer(boolean isEnabled) {
    SpringApplicationBuilder application =
        new SpringApplicationBuilder(ObservedApplication.class)
            .web(WebApplicationType.NONE)
            .properties("socketcluster.port=0", "socketcluster.enabled=" + isEnabled);
    try (ConfigurableApplicationContext context = application.run()) {
      assertThat(context.getBeansOfType(AGServer.class)).hasSize(isEnabled ? 1 : 0);
    }
  }
}
