// SPDX-License-Identifier: MIT
package io.socketcluster.spring.boot;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.server.AGAuthEngine;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.RequestInterceptor;
import io.socketcluster.server.ServerObserver;
import org.springframework.beans.factory.BeanFactory;
import tools.jackson.databind.json.JsonMapper;

/** The options that are objects: each is the bean of its type; of observers all are told. */
final class OptionBeans {
  private final BeanFactory beans;

  OptionBeans(BeanFactory beans) {
    this.beans = beans;
  }

  void setOn(AGServerOptions.Builder builder) {
    beans.getBeanProvider(JsonMapper.class).ifUnique(builder::jsonMapper);
    beans.getBeanProvider(AGBrokerEngine.class).ifUnique(builder::brokerEngine);
    beans.getBeanProvider(AGAuthEngine.class).ifUnique(builder::authEngine);
    beans
        .getBeanProvider(ServerObserver.class)
        .orderedStream()
        .reduce(ServerObserver::andThen)
        .ifPresent(builder::serverObserver);
    beans.getBeanProvider(RequestInterceptor.class).ifUnique(builder::requestInterceptor);
    beans.getBeanProvider(HttpHandler.class).ifUnique(builder::httpHandler);
  }
}
