// SPDX-License-Identifier: MIT
package io.socketcluster.spring.test.chat;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.spring.Middleware;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Only users read. */
@Configuration(proxyBeanMethods = false)
public class Rules {
  @Bean
  @Middleware(MiddlewareLine.INBOUND)
  AGMiddleware onlyUsersRead() {
    return AGMiddleware.each(
        action -> {
          if (action.channel() != null && action.socket().authToken() == null) {
            action.block(new AGException("NotLoggedInError", "Log in first"));
          } else {
            action.allow();
          }
        });
  }
}
