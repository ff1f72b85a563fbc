// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.channels;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.protocol.EncodedValue;
import io.socketcluster.protocol.Footprint;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.SlowConsumerPolicy;
import io.socketcluster.server.channels.ChannelPolicy;
import io.socketcluster.server.internal.wire.WaitingRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class ChannelWaitingTest {
  private static final SlowConsumerPolicy OF_SERVER = SlowConsumerPolicy.DROP_NEWEST;

  private static ChannelWaiting of(ChannelPolicy policy) {
    return Objects.requireNonNull(ChannelWaiting.of("prices", policy));
  }

  @Test
  void withoutAPolicyForSlowReadersThatOfTheServerHolds() {
    assertThat(ChannelWaiting.of("prices", null)).isNull();
    assertThat(ChannelWaiting.of("prices", ChannelPolicy.builder().build())).isNull();
    assertThat(WaitingRule.PUBLISH.policyOr(OF_SERVER)).isEqualTo(OF_SERVER);
    assertThat(WaitingRule.KEPT.policyOr(OF_SERVER)).isEqualTo(SlowConsumerPolicy.DISCONNECT);
  }

  @ParameterizedTest
  @EnumSource
  void aPolicyHoldsInPlaceOfThatOfTheServer(ChannelPolicy.SlowConsumers given) {
    ChannelWaiting waiting = of(ChannelPolicy.builder().slowConsumerPolicy(given).build());
    WaitingRule rule = waiting.about(Payload.of(1));
    assertThat(rule.policyOr(OF_SERVER)).hasToString(given.name());
    assertThat(rule).as("nothing is made for a message").isSameAs(waiting.rule());
  }

  @Test
  void onlyAScalarIsAKey() {
    ChannelWaiting waiting = of(ChannelPolicy.builder().conflationKey("symbol").build());
    assertThat(waiting.about(price("a")).key()).isEqualTo(new WaitingRule.Key("prices", "\"a\""));
    assertThat(waiting.about(price(1)).key()).isEqualTo(new WaitingRule.Key("prices", "1"));
    assertThat(waiting.about(price(List.of(1))).key()).isNull();
    assertThat(waiting.about(price("x".repeat(300))).key()).isNull();
    assertThat(waiting.about(Payload.of(Map.of("price", 1))).key()).isNull();
    assertThat(waiting.about(Payload.of(5)).key()).isNull();
    assertThat(waiting.about(null).key()).isNull();
    String much = "x".repeat(20_000);
    assertThat(waiting.about(Payload.of(Map.of("symbol", "a", "text", much))).key()).isNull();
  }

  /** A value that another codec received. */
  private record Received(int size, AtomicInteger decoded, AtomicInteger measured)
      implements EncodedValue {
    @Override
    public JsonNode toNode() {
      decoded.incrementAndGet();
      return Payload.of(Map.of("price", 1)).node();
    }

    @Override
    public int size() {
      measured.incrementAndGet();
      return size;
    }

    @Override
    public void addTo(Footprint footprint) {}
  }

  @Test
  void aPublishIsNotDecodedUntilItWaitsAndNotIfItIsLong() {
    ChannelWaiting waiting = of(ChannelPolicy.builder().conflationKey("symbol").build());
    Received shorter = new Received(100, new AtomicInteger(), new AtomicInteger());
    WaitingRule rule = waiting.about(Payload.ofEncoded(shorter));
    assertThat(shorter.decoded()).hasValue(0);
    assertThat(rule.key()).isNull();
    assertThat(shorter.decoded()).hasValue(1);
    Received longer = new Received(20_000, new AtomicInteger(), new AtomicInteger());
    assertThat(waiting.about(Payload.ofEncoded(longer)).key()).isNull();
    assertThat(longer.decoded()).hasValue(0);
  }

  @Test
  void aMissingKeyIsLookedForOnce() {
    ChannelWaiting waiting = of(ChannelPolicy.builder().conflationKey("symbol").build());
    Received received = new Received(100, new AtomicInteger(), new AtomicInteger());
    WaitingRule rule = waiting.about(Payload.ofEncoded(received));
    assertThat(rule.key()).isNull();
    int measured = received.measured().get();
    assertThat(measured).isPositive();
    assertThat(rule.key()).isNull();
    assertThat(received.measured()).hasValue(measured);
  }

  private static Payload price(Object symbol) {
    return Payload.of(Map.of("symbol", symbol));
  }
}
