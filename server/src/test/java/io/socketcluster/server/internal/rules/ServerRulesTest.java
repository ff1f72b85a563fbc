// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.channels.ChannelAccess;
import io.socketcluster.server.channels.ChannelRule;
import io.socketcluster.stream.StreamHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServerRulesTest {
  private final List<String> called = new ArrayList<>();
  private final ServerRules rules = new ServerRules((event, failure) -> {});

  private static ChannelRule subscribe(ChannelAccess access) {
    return ChannelRule.builder().subscribe(access).build();
  }

  private AGServerSocket socket() {
    return stub(AGServerSocket.class, "id", "socket-1");
  }

  /** Returns an action of a socket that subscribes; what is decided is noted. */
  private AGAction subscription() {
    return stub(
        AGAction.class, "type", AGAction.Type.SUBSCRIBE, "channel", "room/1", "socket", socket());
  }

  /** Returns an object whose methods return what follows their name, or note that name. */
  private <T> T stub(Class<T> type, Object... namesAndResults) {
    List<Object> known = List.of(namesAndResults);
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              int name = known.indexOf(method.getName());
              if (name >= 0) {
                return known.get(name + 1);
              }
              called.add(method.getName());
              return null;
            }));
  }

  @Test
  void aMiddlewareOfTheEventLoopMeetsNoRuleThatMayBlock() throws Exception {
    rules.set("room/*", subscribe(ChannelAccess.nobody()));
    StreamHandler<AGAction> onLoop = Objects.requireNonNull(handler(), "handler");
    rules.set("room/*", subscribe((socket, channel) -> called.add("a rule that may block")));

    onLoop.handle(subscription());

    assertThat(called).containsExactly("block");
    assertThat(handler()).as("the next action is asked about on a virtual thread").isNull();
  }

  private @Nullable StreamHandler<AGAction> handler() {
    AGMiddleware middleware = Objects.requireNonNull(rules.middleware(), "middleware");
    return middleware.nonBlockingHandler();
  }
}
