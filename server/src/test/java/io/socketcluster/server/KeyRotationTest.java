// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.testkit.RawClient;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class KeyRotationTest {
  private static final int CLIENTS = 4;
  private static final List<String> KINDS = List.of("p256", "ed25519", "p384", "rsa");

  @Test
  void noTokenIsRefusedWhileKeysAreExchangedUnderTraffic() throws Exception {
    JwtAuthEngine engine = JwtAuthEngine.of(AuthKey.random().withId("0"));
    AtomicBoolean rotated = new AtomicBoolean();
    AtomicInteger logins = new AtomicInteger();
    Queue<String> failures = new ConcurrentLinkedQueue<>();
    try (TestServer test =
            TestServer.start(
                options -> AGServerOptions.builder().eventLoops(2).authEngine(engine));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      String first = test.server().auth().signToken(Map.of("username", "bob"));
      for (int i = 0; i < CLIENTS; i++) {
        RawClient client = test.open();
        threads.submit(
            () -> {
              while (!rotated.get() || logins.get() < 10 * CLIENTS) {
                String token = engine.signToken(Map.of("username", "bob"));
                JsonNode answer = client.call("#authenticate", token);
                if (!answer.path("data").path("isAuthenticated").asBoolean()) {
                  failures.add(answer.toString());
                }
                logins.incrementAndGet();
              }
            });
      }
      for (int i = 0; i < KINDS.size(); i++) {
        engine.rotate(TestKeys.pair(KINDS.get(i)).withId(String.valueOf(i + 1)));
      }
      rotated.set(true);
      threads.shutdown();
      assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();

      assertThat(failures).isEmpty();
      assertThat(logins).hasValueGreaterThanOrEqualTo(10 * CLIENTS);
      assertThat(test.upgraded().handshake(first).path("isAuthenticated").asBoolean()).isTrue();
      engine.retire("0");
      assertThat(test.upgraded().handshake(first).path("authError").path("message").asString())
          .isEqualTo("invalid keyid");
    }
  }
}
