// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.SlowConsumerPolicy;
import io.socketcluster.server.internal.transport.WebSocketFormat;
import io.socketcluster.server.internal.wire.WaitingRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboundMiddlewareTest {
  private static final int LIMIT = 1024;
  private static final String ANSWER = "{\"rid\":1}";

  private final List<ByteBuf> frames = new ArrayList<>();
  private TestOutput output = output(SlowConsumerPolicy.DISCONNECT);
  private boolean left;

  private final Recipient recipient =
      new Recipient() {
        @Override
        public String channelName() {
          return "news";
        }

        @Override
        public boolean hasLeft() {
          return left;
        }
      };

  private static TestOutput output(SlowConsumerPolicy policy) {
    TestOutput made =
        new TestOutput(
            AGEndpoint.of("/"),
            AGServerOptions.builder()
                .outboundBufferLimit(LIMIT)
                .slowConsumerPolicy(policy)
                .build());
    made.middleware().ask(MiddlewareLine.OUTBOUND);
    return made;
  }

  private void publish(Object data) {
    Payload payload = Payload.of(data);
    SharedFrame frame =
        SharedFrame.of(
            new ChannelMessage("news", payload),
            new JsonCodec(),
            new WebSocketFormat(false),
            WaitingRule.PUBLISH);
    frames.add(frame.frame());
    output.writer().publish(frame, payload, recipient, true);
    frame.release();
  }

  private AGAction next() {
    return output.middleware().next();
  }

  private static String published(Object data) {
    Payload payload = Payload.of(data);
    return new String(new JsonCodec().encodePublish("news", payload), UTF_8);
  }

  @AfterEach
  void everyFrameIsReleased() {
    output.writer().killMiddleware();
    output.sent();
    output.close();
    assertThat(frames).allMatch(frame -> frame.refCnt() == 0);
  }

  @Test
  void aPublishWaitsForItsDecision() {
    publish(1);
    publish(2);
    assertThat(output.sent()).isEmpty();
    assertThat(output.life().sweeps()).as("it may take too long").isPositive();
    next().allow();
    assertThat(output.sent()).containsExactly(published(1));
    assertThat(output.writer().heldBackFrames()).isEqualTo(1);
    next().allow();

    assertThat(output.sent()).containsExactly(published(2));
    assertThat(output.writer().heldBackFrames()).isZero();
  }

  @Test
  void aPublishThatIsBlockedIsNotSent() {
    publish(1);
    next().block();

    assertThat(output.sent()).isEmpty();
  }

  @Test
  void aPublishCanBeReplaced() {
    publish(1);
    next().allow(7);

    assertThat(output.sent()).containsExactly(published(7));
  }

  @Test
  void messagesWaitBehindAPublishButAnswersPassIt() {
    publish(1);
    output.writer().transmit("event", null);
    output.writer().answer(ResponsePacket.success(1, null));
    assertThat(output.sent()).containsExactly(ANSWER);
    next().allow();

    assertThat(output.sent()).containsExactly(published(1), "{\"event\":\"event\"}");
  }

  @Test
  void aCallTakesTheMessagesBeforeItPastThePublish() {
    publish(1);
    output.writer().transmit("event", null);
    output.writer().call(EventPacket.invoke("ask", null, 3));

    assertThat(output.sent())
        .containsExactly("{\"event\":\"event\"}", "{\"event\":\"ask\",\"cid\":3}");
  }

  @Test
  void aSubscriberThatHasLeftIsSentNothing() {
    publish(1);
    publish(2);
    left = true;
    next().allow();

    assertThat(output.sent()).isEmpty();
    assertThat(output.middleware().poll()).as("nobody is asked for it either").isNull();
  }

  @Test
  void theEndOfTheSocketDropsPublishesAndSendsMessages() {
    publish(1);
    output.writer().transmit("event", null);
    output.writer().killMiddleware();

    assertThat(output.sent()).containsExactly("{\"event\":\"event\"}");
  }

  @Test
  void theOldestThatIsNotBeingDecidedIsDropped() {
    output.close();
    output = output(SlowConsumerPolicy.DROP_OLDEST);
    publish("a".repeat(400));
    publish("b".repeat(400));
    publish("c".repeat(400));
    next().allow();
    next().allow();

    assertThat(output.sent())
        .containsExactly(published("a".repeat(400)), published("c".repeat(400)));
  }

  @Test
  void theNewestIsDropped() {
    output.close();
    output = output(SlowConsumerPolicy.DROP_NEWEST);
    publish("a".repeat(600));
    publish("b".repeat(600));
    next().allow();

    assertThat(output.sent()).containsExactly(published("a".repeat(600)));
    assertThat(output.writer().heldBackFrames()).isZero();
  }
}
