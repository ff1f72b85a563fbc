// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.channels;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.BrokerError;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.channels.ChannelPolicy;
import io.socketcluster.server.internal.history.ServerChannels;
import io.socketcluster.server.internal.outbound.TestOutput;
import io.socketcluster.server.internal.turn.LoopTurns;
import io.socketcluster.testkit.ForwardingCodec;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A subscription with a position waits for its broker and its client, however long that takes. */
class CatchUpTest {
  private static final long LONGER_THAN_AN_ANSWER_MAY_TAKE = 4_000;
  private static final Payload FROM_NOW = Payload.of(Map.of("recover", true));
  private static final Payload ALL = Payload.of(Map.of("recover", true, "last", 100));
  private static final AGServerOptions OPTIONS =
      AGServerOptions.builder().outboundBufferLimit(10_000).build();

  private final TestOutput output =
      new TestOutput(AGEndpoint.of("/").withCodecEngine(new RefusingCodec()), OPTIONS);
  private final List<Throwable> failures = new ArrayList<>();
  private final AGSimpleBroker broker = new AGSimpleBroker();
  private final CompletableFuture<Void> subscribed = new CompletableFuture<>();
  private final ServerChannels server = new ServerChannels(slowBroker(), false, failures::add);
  private final SocketChannels channels =
      new SocketChannels(
          ofLoop(), output.order(), output.writer(), output.account(), output.recorded().events());
  private final List<@Nullable Throwable> results = new ArrayList<>();

  /** JSON, but for messages that it cannot encode. */
  private static final class RefusingCodec extends ForwardingCodec {
    private static final String REFUSED = "refused";

    @Override
    public byte[] encodePublish(String channel, @Nullable Payload data) {
      if (String.valueOf(data).contains(REFUSED)) {
        throw new IllegalStateException("expected: refused");
      }
      return super.encodePublish(channel, data);
    }
  }

  /** The embedded broker, but for its answer to a subscribe. */
  private AGBrokerEngine slowBroker() {
    return (AGBrokerEngine)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {AGBrokerEngine.class},
            (proxy, method, arguments) -> {
              Object result = method.invoke(broker, arguments);
              return method.getName().equals("subscribe") ? subscribed : result;
            });
  }

  private LoopChannels ofLoop() {
    EventLoop loop = output.wire().eventLoop();
    LoopMailbox mailbox =
        new LoopMailbox(loop, new LoopTurns((task, nanos) -> {}, () -> 0), ServerObserver.NONE);
    return new LoopChannels(loop, server, mailbox, output.middleware().ofLoop(), OPTIONS);
  }

  private void subscribeAndWait() {
    server.policy("room/*", ChannelPolicy.history(10, Duration.ofMinutes(1)));
    channels.add("room/1", FROM_NOW, results::add);
    output.wire().advance(LONGER_THAN_AN_ANSWER_MAY_TAKE);
    assertThat(results).as("the broker has not confirmed").isEmpty();
  }

  @AfterEach
  void close() {
    channels.removeAll(() -> {});
    server.close();
    output.close();
  }

  @Test
  void aBrokerThatFailsLateFailsTheSubscription() {
    subscribeAndWait();
    BrokerError late = new BrokerError("late", new IllegalStateException("of the engine"));
    subscribed.completeExceptionally(late);

    assertThat(results).containsExactly(late);
  }

  @Test
  void aBrokerThatConfirmsLateIsWaitedFor() {
    subscribeAndWait();
    subscribed.complete(null);

    assertThat(results).hasSize(1).containsOnlyNulls();
    assertThat(output.sent()).singleElement().asString().contains("\"start\":true");
  }

  @Test
  void aMessageThatTheCodecRefusesIsLeftOutAndTold() {
    subscribed.complete(null);
    server.policy("room/*", ChannelPolicy.history(100, Duration.ofMinutes(1)));
    for (String text : List.of("before", RefusingCodec.REFUSED, "behind")) {
      server.publish("room/1", Payload.of(text));
    }
    channels.add("room/1", ALL, results::add);
    output.wire().advance(1_000);

    assertThat(results).hasSize(1).containsOnlyNulls();
    assertThat(failures).singleElement().asString().contains("expected: refused");
    assertThat(output.sent()).hasSize(1 + 2).last().asString().contains("behind");
    server.publish("room/1", Payload.of("later"));
    output.wire().advance(1_000);
    assertThat(output.sent()).last().asString().contains("later");
  }

  @Test
  void aLongHistoryIsSentAsItIsReadAndNobodyWaitsForThat() {
    subscribed.complete(null);
    server.policy("room/*", ChannelPolicy.history(100, Duration.ofMinutes(1)));
    for (int i = 0; i < 100; i++) {
      server.publish("room/1", Payload.of("x".repeat(500)));
    }
    output.wire().setWritable(false);
    channels.add("room/1", ALL, results::add);
    assertThat(results).as("the client has to read first").hasSize(1).containsOnlyNulls();
    assertThat(output.writer().pendingBytes()).isLessThan(OPTIONS.outboundBufferLimit() / 2);

    output.wire().setWritable(true);
    output.wire().advance(1_000);
    assertThat(output.sent()).hasSize(1 + 100);
  }
}
