// SPDX-License-Identifier: MIT
package io.socketcluster.spring.boot;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.spring.handlers.CallDecorator;
import io.socketcluster.spring.handlers.HandlerBeans;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.validation.Validator;

/**
 * Configures an {@link AGServer} with the properties {@code socketcluster.*}. The server uses the
 * beans of the application: its {@code JsonMapper}, an {@code AGBrokerEngine}, an {@code
 * AGAuthEngine}, each {@code ServerObserver}, a {@code RequestInterceptor}, and each {@link
 * AGServerOptionsCustomizer}.
 */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
      "org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration"
    })
@ConditionalOnProperty(name = "socketcluster.enabled", matchIfMissing = true)
public class SocketClusterAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  AGServerOptions socketClusterOptions(
      ConfigurableEnvironment environment,
      BeanFactory beans,
      ObjectProvider<AGServerOptionsCustomizer> customizers) {
    AGServerOptions.Builder builder = AGServerOptions.builder();
    new OptionBeans(beans).setOn(builder);
    builder.fromMap(new SocketClusterProperties(environment).options());
    customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
    return builder.build();
  }

  /** The lifecycle closes the server, in time. */
  @Bean(destroyMethod = "")
  @ConditionalOnMissingBean
  AGServer agServer(AGServerOptions options) {
    return SocketCluster.create(options);
  }

  @Bean
  SocketClusterLifecycle socketClusterLifecycle(
      AGServer server, ConfigurableEnvironment environment) {
    return new SocketClusterLifecycle(server, new SocketClusterProperties(environment).port());
  }

  @Bean
  HandlerBeans socketClusterHandlers(
      AGServer server,
      ConfigurableListableBeanFactory beans,
      ObjectProvider<Validator> validator,
      ObjectProvider<CallDecorator> decorator) {
    return new HandlerBeans(
        server, beans, validator.getIfUnique(), decorator.getIfUnique(() -> handler -> handler));
  }

  @Bean
  MiddlewareBeans socketClusterMiddlewares(AGServer server, ConfigurableListableBeanFactory beans) {
    return new MiddlewareBeans(server, beans);
  }
}
