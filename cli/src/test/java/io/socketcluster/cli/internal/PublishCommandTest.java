// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.http.api.HttpApi;
import io.socketcluster.http.api.HttpApiOptions;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.SocketCluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** The command that publishes over the HTTP API. */
class PublishCommandTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";

  private final AGServer server =
      SocketCluster.listen(
          0,
          AGServerOptions.builder()
              .closeTimeout(Duration.ofMillis(200))
              .httpHandler(
                  HttpApi.with(
                      HttpApiOptions.builder().apiKey("shop", KEY, "publish:orders/").build(),
                      HttpHandler.NONE))
              .build());
  private final Queue<JsonNode> heard = new ConcurrentLinkedQueue<>();
  private final Map<String, String> environment =
      new HashMap<>(Map.of("SOCKETCLUSTER_API_KEY", KEY));
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void subscribe() {
    server.exchange().subscribe("orders/17").consume(heard::add);
  }

  @AfterEach
  void close() {
    server.close().join();
  }

  private int publish(String... args) {
    CommandLine line = new Commands(null, environment).line();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of("publish"));
    all.addAll(List.of(args));
    return line.execute(all.toArray(String[]::new));
  }

  private String url() {
    return "http://localhost:" + server.port() + "/api/";
  }

  @Test
  void aMessageIsPublished() {
    assertThat(publish("--url", url(), "orders/17", "{\"state\":\"paid\"}"))
        .as(err.toString())
        .isZero();
    await().until(() -> heard.size() == 1);
    assertThat(heard.remove().path("state").stringValue()).isEqualTo("paid");
    assertThat(out.toString()).isEqualToNormalizingNewlines("published\n");
  }

  @Test
  void aRepeatedCommandPublishesOnce() {
    String[] args = {"--url", url(), "--idempotency-key", "order-17-paid", "orders/17", "1"};
    assertThat(publish(args)).isZero();
    assertThat(publish(args)).isZero();
    assertThat(publish("--url", url(), "orders/17", "2")).isZero();
    await().until(() -> heard.stream().anyMatch(each -> each.asInt() == 2));
    assertThat(heard).hasSize(2);
  }

  @Test
  void theReasonOfARefusalIsTold() {
    assertThat(publish("--url", url(), "news", "1")).isEqualTo(1);
    assertThat(err.toString()).startsWith("socketcluster: the server refuses: ForbiddenError: ");
    environment.put("SOCKETCLUSTER_API_KEY", KEY.replace('0', '1'));
    assertThat(publish("--url", url(), "orders/17", "1")).isEqualTo(1);
    assertThat(err.toString()).doesNotContain(KEY);
  }

  @Test
  void aServerThatIsNotThereIsAFailure() {
    String gone = url();
    server.close().join();
    assertThat(publish("--url", gone, "orders/17", "1")).isEqualTo(1);
    assertThat(err.toString()).startsWith("socketcluster: no answer from " + gone);
  }

  @Test
  void otherCommandsTakeItsVariableForNoOption() {
    assertThat(new Commands(null, environment).execute("check")).isZero();
  }

  @Test
  void wrongArgumentsAreRefused() {
    assertThat(publish("--url", url(), "orders/17", "{")).isEqualTo(2);
    assertThat(err.toString()).startsWith("socketcluster: the message is no JSON");
    assertThat(publish("--url", "localhost:8000", "orders/17", "1")).isEqualTo(2);
    assertThat(publish()).isEqualTo(2);
    environment.clear();
    assertThat(publish("--url", url(), "orders/17", "1")).isEqualTo(2);
    assertThat(err.toString()).contains("SOCKETCLUSTER_API_KEY is not set");
    assertThat(heard).isEmpty();
  }

  @Test
  void aKeyThatNoHeaderCanCarryIsRefusedAndNotShown() {
    environment.put("SOCKETCLUSTER_API_KEY", KEY + "\u20ac");
    assertThat(publish("--url", url(), "orders/17", "1")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("socketcluster: SOCKETCLUSTER_API_KEY has a character")
        .doesNotContain(KEY);
    assertThat(heard).isEmpty();
  }

  @Test
  void anIdempotencyKeyThatNoHeaderCanCarryIsRefused() {
    String[] args = {"--url", url(), "--idempotency-key", "paid\n17", "orders/17", "1"};
    assertThat(publish(args)).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("socketcluster: --idempotency-key has a character")
        .doesNotContain("paid");
    assertThat(heard).isEmpty();
  }
}
