// SPDX-License-Identifier: MIT
package io.socketcluster.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;

import io.socketcluster.server.AGServerSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import tools.jackson.databind.JsonNode;

/** What an application that is processed ahead of time calls and binds by reflection. */
class HandlerHintsTest {
  private final RuntimeHints hints = new RuntimeHints();

  record Order(String item) {}

  record Receipt(int price) {}

  record User(String name) {}

  /** The handlers of an application. */
  static class Shop {
    @Procedure("buy")
    CompletableFuture<Receipt> buy(Order order, @Claims User user, AGServerSocket socket) {
      return CompletableFuture.completedFuture(new Receipt(1));
    }

    @Receiver("notes")
    void notes(List<Order> orders) {}

    @OnConnection
    void connected(AGServerSocket socket) {}

    @OnChannel("news")
    void news(JsonNode data) {}

    void helper() {}
  }

  @BeforeEach
  void process() {
    new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, Shop.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"buy", "notes", "connected", "news"})
  void handlersAreInvoked(String method) {
    assertThat(reflection().onMethodInvocation(Shop.class, method)).accepts(hints);
    assertThat(reflection().onMethodInvocation(Shop.class, "helper")).rejects(hints);
  }

  @ParameterizedTest
  @ValueSource(classes = {Order.class, Receipt.class, User.class})
  void dataClaimsAndAnswersAreBound(Class<?> type) {
    assertThat(
            reflection()
                .onType(type)
                .withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS))
        .accepts(hints);
  }

  @Test
  void whatIsGivenIsNotBound() {
    assertThat(reflection().onType(AGServerSocket.class)).rejects(hints);
    assertThat(reflection().onType(JsonNode.class)).rejects(hints);
  }
}
