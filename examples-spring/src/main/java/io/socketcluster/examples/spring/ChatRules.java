// SPDX-License-Identifier: MIT
package io.socketcluster.examples.spring;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.spring.Middleware;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The rules of the chat: only users who have logged in read it. */
@Configuration(proxyBeanMethods = false)
class ChatRules {
  @Bean
  @Middleware(MiddlewareLine.INBOUND)
  AGMiddleware onlyUsersReadTheChat() {
    return AGMiddleware.each(
        action -> {
          if ("chat".equals(action.channel()) && action.socket().authToken() == null) {
            action.block(new AGException("NotLoggedInError", "Log in first"));
          } else {
            action.allow();
          }
        });
  }
}
