// SPDX-License-Identifier: MIT
package io.socketcluster.spring.boot;

import io.micrometer.core.instrument.MeterRegistry;
import io.socketcluster.micrometer.SocketClusterMetrics;
import io.socketcluster.server.AGServer;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Counts what the server does, if the application has a meter registry. */
@AutoConfiguration(
    before = SocketClusterAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"
    })
@ConditionalOnProperty(name = "socketcluster.enabled", matchIfMissing = true)
@ConditionalOnClass({MeterRegistry.class, SocketClusterMetrics.class})
@ConditionalOnBean(MeterRegistry.class)
public class SocketClusterMetricsAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  SocketClusterMetrics socketClusterMetrics(MeterRegistry registry) {
    return new SocketClusterMetrics(registry);
  }

  @Bean
  @ConditionalOnBean(SocketClusterMetrics.class)
  SmartInitializingSingleton socketClusterGauges(SocketClusterMetrics metrics, AGServer server) {
    return () -> metrics.bindTo(server);
  }
}
