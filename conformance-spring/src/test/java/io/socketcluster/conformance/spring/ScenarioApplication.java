// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.spring;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.spring.Middleware;
import io.socketcluster.spring.Procedure;
import io.socketcluster.spring.Receiver;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

/** An application with the procedures that the scenarios ask for. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ScenarioApplication {
  @Bean
  Handlers handlers() {
    return new Handlers();
  }

  @Bean
  @Middleware(MiddlewareLine.INBOUND)
  AGMiddleware privateChannels() {
    return AGMiddleware.each(
        action -> {
          String channel = action.channel();
          if (channel != null
              && channel.startsWith("private/")
              && action.socket().authToken() == null) {
            action.block(new AGException("ForbiddenError", "Log in first"));
          } else {
            action.allow();
          }
        });
  }

  /** The handlers. */
  static class Handlers {
    record User(String username) {}

    record Channel(String channel) {}

    record Call(String event, @Nullable JsonNode data) {}

    record Later(int ms, JsonNode value) {}

    record End(int code, String reason) {}

    @Procedure("echo")
    @Nullable JsonNode echo(@Nullable JsonNode data) {
      return data;
    }

    @Procedure("echoLater")
    CompletableFuture<JsonNode> echoLater(Later later) {
      return CompletableFuture.supplyAsync(
          later::value, CompletableFuture.delayedExecutor(later.ms, TimeUnit.MILLISECONDS));
    }

    @Procedure("alwaysFails")
    void alwaysFails() {
      throw new AGException("BadCustomError", "Server failed to execute the procedure");
    }

    @Procedure("login")
    void logIn(User user, AGServerSocket socket) {
      socket.setAuthToken(user).join();
    }

    @Procedure("logout")
    void logOut(AGServerSocket socket) {
      socket.deauthenticate();
    }

    @Procedure("kickMe")
    void kickMe(Channel channel, AGServerSocket socket) {
      socket.kickOut(channel.channel, "You asked for it");
    }

    @Procedure("callMe")
    CompletableFuture<JsonNode> callMe(Call call, AGServerSocket socket) {
      return socket.invoke(call.event, call.data);
    }

    @Receiver("greet")
    void greet(String name, AGServerSocket socket) {
      socket.transmit("greeting", Map.of("hello", name));
    }

    @Receiver("disconnectMe")
    void disconnectMe(End end, AGServerSocket socket) {
      socket.disconnect(end.code, end.reason);
    }
  }
}
