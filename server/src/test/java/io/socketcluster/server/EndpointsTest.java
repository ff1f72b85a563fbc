// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.testkit.ForwardingCodec;
import io.socketcluster.testkit.RawClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Several paths on one server, each with a codec of its own. */
class EndpointsTest {
  private static final String FIRST = "/socketcluster/";
  private static final String SECOND = "/second/";

  private final ShoutingCodec shouting = new ShoutingCodec();

  /** JSON in which the texts that are published are in upper case. */
  private static final class ShoutingCodec extends ForwardingCodec {
    private final AtomicInteger publishes = new AtomicInteger();

    @Override
    public boolean isBinary() {
      return true;
    }

    @Override
    public byte[] encodePublish(String channel, @Nullable Payload data) {
      publishes.incrementAndGet();
      String text = data == null ? "" : data.node().asString();
      return super.encodePublish(channel, Payload.of(text.toUpperCase(Locale.ROOT)));
    }
  }

  private TestServer twoEndpoints() {
    return TestServer.start(
        options -> options.endpoint(AGEndpoint.of(SECOND).withCodecEngine(shouting)));
  }

  private static RawClient subscriber(TestServer test, String path) {
    RawClient client = test.openAt(path);
    client.call("#subscribe", Map.of("channel", "news"));
    return client;
  }

  private static String nextPublish(RawClient client) {
    return client.nextJson().path("data").path("data").asString();
  }

  @Test
  void aPublishFromEachEndpointReachesTheSubscribersOfAll() {
    try (TestServer test = twoEndpoints()) {
      RawClient first = subscriber(test, FIRST);
      RawClient second = subscriber(test, SECOND);

      first.transmit("#publish", Map.of("channel", "news", "data", "one"));
      assertThat(nextPublish(first)).isEqualTo("one");
      assertThat(nextPublish(second)).isEqualTo("ONE");

      second.transmit("#publish", Map.of("channel", "news", "data", "two"));
      assertThat(nextPublish(first)).isEqualTo("two");
      assertThat(nextPublish(second)).isEqualTo("TWO");
    }
  }

  @Test
  void aPublishIsEncodedOnceForEachCodecAndAllSeeOneOrder() {
    int messages = 50;
    try (TestServer test = twoEndpoints()) {
      List<RawClient> subscribers = new ArrayList<>();
      for (int i = 0; i < 4; i++) { // the event loops take turns
        subscribers.add(subscriber(test, FIRST));
        subscribers.add(subscriber(test, SECOND));
      }
      RawClient publisher = test.openAt(SECOND);

      List<String> published = new ArrayList<>();
      for (int i = 0; i < messages; i++) {
        published.add("N" + i);
        publisher.transmit("#publish", Map.of("channel", "news", "data", "N" + i));
      }

      for (RawClient subscriber : subscribers) {
        List<String> received = new ArrayList<>();
        while (received.size() < messages) {
          received.add(nextPublish(subscriber));
        }
        assertThat(received).isEqualTo(published);
      }
      assertThat(shouting.publishes).hasValue(messages);
    }
  }

  @Test
  void aPublisherHasItsMessageBeforeTheAnswerOnEveryEndpoint() {
    try (TestServer test = twoEndpoints()) {
      subscriber(test, FIRST);
      RawClient second = subscriber(test, SECOND);

      int cid = second.invoke("#publish", Map.of("channel", "news", "data", "mine"));

      assertThat(nextPublish(second)).isEqualTo("MINE");
      assertThat(second.nextJson().path("rid").asInt()).isEqualTo(cid);
    }
  }

  @Test
  void theLastOfAnEndpointLeavesAndTheOthersStay() {
    try (TestServer test = twoEndpoints()) {
      RawClient first = subscriber(test, FIRST);
      RawClient second = subscriber(test, SECOND);

      second.call("#unsubscribe", "news");
      first.transmit("#publish", Map.of("channel", "news", "data", "one"));

      assertThat(nextPublish(first)).isEqualTo("one");
      assertThat(shouting.publishes).hasValue(0);
    }
  }

  @Test
  void aSocketKnowsItsEndpoint() {
    AGEndpoint more = AGEndpoint.of(SECOND).withProtocolVersion(ProtocolVersion.V1);
    try (TestServer test = TestServer.start(options -> options.endpoint(more))) {
      assertThat(test.socketOf(test.openAt(SECOND)).endpoint()).isSameAs(more);
      assertThat(test.socketOf(test.openAt(FIRST)).endpoint().path()).isEqualTo(FIRST);
      assertThat(test.server().getPath()).isEqualTo(FIRST);
    }
  }

  @Test
  void theFlatOptionsDescribeTheFirstEndpoint() {
    AGEndpoint more = AGEndpoint.of(SECOND);
    AGServerOptions options =
        AGServerOptions.builder()
            .path("/first/")
            .protocolVersion(ProtocolVersion.V1)
            .codecEngine(shouting)
            .endpoint(more)
            .build();

    AGEndpoint first = options.endpoints().getFirst();
    assertThat(first.path()).isEqualTo("/first/");
    assertThat(first.protocolVersion()).isEqualTo(ProtocolVersion.V1);
    assertThat(first.codecEngine()).isSameAs(shouting);
    assertThat(options.endpoints()).hasSize(2).endsWith(more);
    assertThat(options.toBuilder().build().endpoints()).hasSize(2);
  }

  @Test
  void twoEndpointsWithOnePathAreRefused() {
    AGServerOptions.Builder twice =
        AGServerOptions.builder().endpoint(AGEndpoint.of(SECOND)).endpoint(AGEndpoint.of(SECOND));
    assertThatThrownBy(twice::build)
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessage("endpoint is /second/; allowed: a path that no other endpoint has");

    AGServerOptions.Builder likeTheFirst = AGServerOptions.builder().endpoint(AGEndpoint.of(FIRST));
    assertThatThrownBy(likeTheFirst::build).isInstanceOf(InvalidOptionsError.class);
  }

  @Test
  void anEndpointWithABadPathIsRefused() {
    assertThatThrownBy(() -> AGServerOptions.builder().endpoint(AGEndpoint.of("no-slash")).build())
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessage("endpoint is no-slash; allowed: a path that begins with / and has no query");
  }
}
