// SPDX-License-Identifier: MIT
package io.socketcluster.spring.boot;

import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.spring.Middleware;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Sets the middleware beans, before the server accepts connections. */
final class MiddlewareBeans implements SmartInitializingSingleton {
  private final AGServer server;
  private final ConfigurableListableBeanFactory beans;

  MiddlewareBeans(AGServer server, ConfigurableListableBeanFactory beans) {
    this.server = server;
    this.beans = beans;
  }

  @Override
  public void afterSingletonsInstantiated() {
    for (String name : beans.getBeanNamesForType(AGMiddleware.class)) {
      Middleware line = beans.findAnnotationOnBean(name, Middleware.class);
      if (line == null) {
        throw new IllegalStateException(
            "The bean " + name + " is an AGMiddleware without @Middleware, which says its line");
      }
      if (server.hasMiddleware(line.value())) {
        throw new IllegalStateException(
            "The bean " + name + " is the second middleware of the line " + line.value());
      }
      server.setMiddleware(line.value(), beans.getBean(name, AGMiddleware.class));
    }
  }
}
