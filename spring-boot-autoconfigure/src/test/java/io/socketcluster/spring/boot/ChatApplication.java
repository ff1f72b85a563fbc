// SPDX-License-Identifier: MIT
package io.socketcluster.spring.boot;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.spring.Claims;
import io.socketcluster.spring.Middleware;
import io.socketcluster.spring.OnChannel;
import io.socketcluster.spring.OnConnection;
import io.socketcluster.spring.Procedure;
import io.socketcluster.spring.Receiver;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application that uses every kind of handler. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ChatApplication {
  /** Everything that the application has seen. */
  static final class Seen {
    final BlockingQueue<Object> all = new LinkedBlockingQueue<>();
  }

  /** An order as a client sends it. */
  record Order(@NotBlank String item, @Min(1) int count) {}

  /** The claims of a token. */
  record User(String name) {}

  @Bean
  Seen seen() {
    return new Seen();
  }

  /** Beside the meters of the application. */
  @Bean
  ServerObserver observer(Seen seen) {
    return new ServerObserver() {
      @Override
      public void connectionOpened(AGServerSocket socket) {
        seen.all.add("opened " + socket.id());
      }
    };
  }

  @Bean
  Chat chat(Seen seen) {
    return new Chat(seen);
  }

  @Bean
  @Middleware(MiddlewareLine.INBOUND)
  AGMiddleware noSecrets() {
    return AGMiddleware.each(
        action -> {
          boolean isForAda = "for ada".equals(action.channel());
          if ("secret".equals(action.channel()) || (isForAda && !isAda(action.request()))) {
            action.block(new AGException("NotAllowed", "Not for you"));
          } else {
            action.allow();
          }
        });
  }

  private static boolean isAda(UpgradeRequest request) {
    Principal principal = request.principal();
    return principal != null && principal.getName().equals("ada");
  }

  /** The handlers. */
  static class Chat {
    private final Seen seen;

    Chat(Seen seen) {
      this.seen = seen;
    }

    @OnConnection
    void connected(AGServerSocket socket) {
      seen.all.add("connected " + socket.id());
    }

    @Procedure("order")
    Map<String, Object> order(@Valid Order order, AGServerSocket socket) {
      return Map.of("text", order.count() + " x " + order.item(), "socket", socket.id());
    }

    @Procedure("sum")
    CompletableFuture<Integer> sum(List<Integer> numbers) {
      return CompletableFuture.supplyAsync(
          () -> numbers.stream().mapToInt(Integer::intValue).sum());
    }

    @Procedure("fail")
    void fail() {
      throw new AGException("TeapotError", "short and stout");
    }

    @Procedure("bug")
    void bug() {
      throw new IllegalStateException("internal detail");
    }

    @Procedure("login")
    void login(User user, AGServerSocket socket) {
      socket.setAuthToken(user).join();
    }

    @Procedure("whoAmI")
    String whoAmI(@Claims(required = true) User user) {
      return user.name();
    }

    @Procedure("principal")
    @Nullable String principal(@Nullable Principal principal) {
      return principal == null ? null : principal.getName();
    }

    @Receiver("note")
    void note(String text, AGServer server) {
      server.exchange().transmitPublish("notes", text);
    }

    @OnChannel("notes")
    void heard(String text) {
      seen.all.add("heard " + text);
    }
  }
}
