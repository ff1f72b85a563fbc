// SPDX-License-Identifier: MIT
package io.socketcluster.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.HttpRequest;
import io.socketcluster.server.ServerEvent;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.testkit.RawClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Another backend, which is a server of this library, receives the events of a server. */
class WebhooksTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Queue<HttpRequest> requests = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
  private volatile @Nullable CountDownLatch holding;
  private final AGServer backend = SocketCluster.listen(0, options(this::receive));
  private final AGServer server = SocketCluster.listen(0, options(request -> null));
  private @Nullable Webhooks hooks;

  private static AGServerOptions options(HttpHandler handler) {
    return AGServerOptions.builder()
        .authKey("a-key-of-thirty-two-bytes-or-more!")
        .closeTimeout(Duration.ofMillis(200))
        .httpHandler(handler)
        .build();
  }

  private HttpAnswer receive(HttpRequest request) throws InterruptedException {
    CountDownLatch latch = holding;
    if (latch != null) {
      latch.await();
    }
    Integer status = statuses.poll();
    requests.add(request);
    return HttpAnswer.of(status == null ? 204 : status);
  }

  private Webhooks follow(UnaryOperator<WebhookOptions.Builder> options) {
    String url = "http://127.0.0.1:" + backend.port() + "/hooks";
    WebhookOptions.Builder builder =
        WebhookOptions.builder(url, SECRET).retryDelay(Duration.ofMillis(1));
    Webhooks following = Webhooks.follow(server, options.apply(builder).build());
    hooks = following;
    return following;
  }

  @AfterEach
  void close() {
    CountDownLatch latch = holding;
    if (latch != null) {
      latch.countDown();
    }
    if (hooks != null) {
      hooks.close();
    }
    server.close().join();
    backend.close().join();
  }

  private static JsonNode bodyOf(HttpRequest request) {
    return MAPPER.readTree(request.body());
  }

  private List<String> types() {
    return requests.stream().map(each -> bodyOf(each).path("type").stringValue()).toList();
  }

  @Test
  void theLifeOfASocketIsTold() throws GeneralSecurityException {
    follow(options -> options.events(WebhookEvent.values()));
    String id;
    try (RawClient client = RawClient.upgraded(server.port(), "/socketcluster/")) {
      client.handshake(server.auth().signToken(Map.of("username", "ann")));
      id = client.id();
      client.call("#subscribe", Map.of("channel", "news"));
      client.call("#unsubscribe", "news");
      await().until(() -> requests.size() == 3);
    }
    await().until(() -> requests.size() == 4);
    assertThat(types())
        .containsExactly("connection", "subscription", "unsubscription", "disconnection");
    HttpRequest subscription = List.copyOf(requests).get(1);
    JsonNode data = bodyOf(subscription).path("data");
    assertThat(data.path("socketId").stringValue()).isEqualTo(id);
    assertThat(data.path("channel").stringValue()).isEqualTo("news");
    assertThat(data.path("authToken").path("username").stringValue()).isEqualTo("ann");
    assertThat(subscription.header("webhook-signature")).isEqualTo(signatureOf(subscription));
  }

  @Test
  void aSocketThatWasThereBeforeIsKnownWithItsChannels() {
    try (RawClient client = RawClient.upgraded(server.port(), "/socketcluster/")) {
      client.handshake(null);
      client.call("#subscribe", Map.of("channel", "news"));
      follow(options -> options.events(WebhookEvent.values()));
      client.call("#unsubscribe", "news");
      client.call("#subscribe", Map.of("channel", "news"));
      await().until(() -> requests.size() == 2);
      assertThat(types()).containsExactly("unsubscription", "subscription");
    }
  }

  private static String signatureOf(HttpRequest request) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(SECRET.substring(6)), "HmacSHA256"));
    String head = request.header("webhook-id") + "." + request.header("webhook-timestamp") + ".";
    mac.update(head.getBytes(UTF_8));
    return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(request.body()));
  }

  @Test
  void messagesOfAChannelAreSentInOrderAndAgainUntilTheyAreTaken() {
    Webhooks following = follow(options -> options.channels("orders"));
    statuses.addAll(List.of(500, 302, 429, 200));
    for (int i = 0; i < 5; i++) {
      server.exchange().transmitPublish("orders", i);
    }
    await().until(() -> requests.size() == 8);
    List<Integer> sent = new ArrayList<>();
    requests.forEach(each -> sent.add(bodyOf(each).path("data").path("data").intValue()));
    assertThat(sent).containsExactly(0, 0, 0, 0, 1, 2, 3, 4);
    assertThat(requests.stream().limit(4).map(each -> each.header("webhook-id")).distinct())
        .as("the same event has the same id")
        .hasSize(1);
    await().until(() -> following.waiting() == 0);
    assertThat(following.dropped()).isZero();
  }

  @Test
  void anEventThatIsNeverTakenIsDropped() {
    Queue<Throwable> warnings = new ConcurrentLinkedQueue<>();
    server
        .listener(AGServer.WARNING)
        .consume((ServerEvent.Warning event) -> warnings.add(event.warning()));
    Webhooks following = follow(options -> options.channels("orders").attempts(2));
    statuses.addAll(List.of(500, 500));
    server.exchange().transmitPublish("orders", "never");
    server.exchange().transmitPublish("orders", "later");
    await().until(() -> requests.size() == 3);
    assertThat(following.dropped()).isEqualTo(1);
    await().until(() -> warnings.size() == 1);
  }

  @Test
  void noMoreThanTheLimitWait() {
    holding = new CountDownLatch(1);
    Webhooks following = follow(options -> options.channels("orders").queueLimit(3));
    for (int i = 0; i < 10; i++) {
      server.exchange().transmitPublish("orders", i);
    }
    await().until(() -> following.dropped() == 7);
    assertThat(following.waiting()).isEqualTo(3);
  }

  @Test
  void onlyWhatIsAskedForIsTold() {
    follow(options -> options.events(WebhookEvent.SUBSCRIPTION));
    try (RawClient client = RawClient.upgraded(server.port(), "/socketcluster/")) {
      client.handshake(null);
      client.call("#subscribe", Map.of("channel", "a"));
      client.call("#subscribe", Map.of("channel", "b"));
      await().until(() -> requests.size() == 2);
      assertThat(types()).containsExactly("subscription", "subscription");
    }
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    for (String url : new String[] {"", "ftp://host/", "/path", "http://"}) {
      refused("url", WebhookOptions.builder(url, SECRET));
    }
    refused("secret", WebhookOptions.builder("https://host/", "whsec_c2hvcnQ="));
    refused("secret", WebhookOptions.builder("https://host/", SECRET.substring(6)));
    WebhookOptions.Builder builder = WebhookOptions.builder("https://host/", SECRET);
    refused("attempts", builder.attempts(0));
    builder.attempts(1).concurrency(1).queueLimit(1).build();
    refused("concurrency", builder.concurrency(257));
  }

  private static void refused(String name, WebhookOptions.Builder builder) {
    assertThatExceptionOfType(InvalidOptionsError.class)
        .isThrownBy(builder::build)
        .withMessageStartingWith(name + " is ");
  }
}
