// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.server.internal.http.Cookies;
import io.socketcluster.server.internal.http.QueryParameters;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Names of one hash code cost about what others cost, wherever a client can choose names. */
class CollidingNamesTest {
  private static final Duration ENOUGH = Duration.ofSeconds(20);

  private final List<String> names = CollidingNames.of(17);

  @Test
  void headerFields() {
    Map<String, List<String>> fields = new HashMap<>();
    names.forEach(name -> fields.put(name, List.of("1")));

    assertTimeoutPreemptively(
        ENOUGH, () -> new UpgradeRequest("/", fields, null, 0, null).header("missing"));
  }

  @Test
  void cookiesAndQueries() {
    String query =
        names.stream().map(name -> name + "=1").collect(Collectors.joining("&", "/?", ""));
    String cookie = names.stream().map(name -> name + "=1").collect(Collectors.joining("; "));

    assertTimeoutPreemptively(
        ENOUGH,
        () -> {
          assertThat(QueryParameters.in(query)).hasSize(names.size());
          assertThat(Cookies.in(List.of(cookie))).hasSize(names.size());
        });
  }

  @Test
  void channelsOfTheBroker() {
    AGSimpleBroker broker = new AGSimpleBroker();
    assertTimeoutPreemptively(
        ENOUGH,
        () -> {
          for (String name : names) {
            broker.exchange().subscribe(name);
            broker.exchange().transmitPublish(name, 1);
          }
          assertThat(broker.subscriptions()).hasSize(names.size());
          assertThat(broker.exchange().subscriptions()).hasSize(names.size());
        });
  }

  @Test
  void eventsAndProceduresOfASocket() {
    int sent = 4096;
    try (TestServer test = TestServer.start()) {
      test.server().onConnection(socket -> {});
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      assertTimeoutPreemptively(
          ENOUGH,
          () -> {
            for (String name : names.subList(0, sent)) {
              socket.receiver(name).consume(data -> {});
              socket.procedure(name).consume(request -> request.end());
            }
            for (String name : names.subList(0, sent)) {
              client.transmit(name, 1);
              client.invoke(name, 1);
            }
            for (int i = 0; i < sent; i++) {
              client.next();
            }
          });
    }
  }
}
