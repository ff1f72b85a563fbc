// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.TooLongFrameException;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.internal.wire.MemoryWire;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection of a transport that is not WebSocket. */
class MessageHandlerTest {
  private static final int MAX_PAYLOAD = 1024;

  private final RecordingAcceptor acceptor =
      new RecordingAcceptor(AGServerOptions.builder().maxPayload(MAX_PAYLOAD).build());
  private EmbeddedChannel channel = new EmbeddedChannel();

  private void connect() {
    channel =
        new EmbeddedChannel(
            new MessageHandler(
                acceptor,
                AGEndpoint.of("/test/"),
                MemoryWire.TEXT,
                new UpgradeRequest("/test/", Map.of(), null, 0, null),
                false));
  }

  private void receive(String message) {
    channel.writeInbound(Unpooled.copiedBuffer(message, UTF_8));
  }

  @AfterEach
  void end() {
    channel.finishAndReleaseAll();
  }

  @Test
  void messagesGoBothWays() {
    connect();
    receive("one");
    assertThat(acceptor.told).containsExactly("message one");

    Objects.requireNonNull(acceptor.connection).send("two".getBytes(UTF_8));
    channel.runPendingTasks();
    ByteBuf sent = channel.readOutbound();
    assertThat(sent.toString(UTF_8)).isEqualTo("two");
    sent.release();
  }

  @Test
  void whatComesBeforeTheDecisionIsHeardAfterIt() {
    acceptor.asking = true;
    connect();
    receive("early");
    assertThat(acceptor.told).isEmpty();
    assertThat(channel.config().isAutoRead()).isFalse();

    Objects.requireNonNull(acceptor.decision).accept(null);
    assertThat(acceptor.told).containsExactly("message early");
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void tooMuchBeforeTheDecisionEndsTheConnection() {
    acceptor.asking = true;
    connect();
    receive("x".repeat(EarlyFrames.LIMIT + 1));

    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aConnectionThatIsRefusedEnds() {
    acceptor.asking = true;
    connect();
    Objects.requireNonNull(acceptor.decision).accept(new IllegalStateException("no"));

    assertThat(channel.isOpen()).isFalse();
    assertThat(acceptor.connection).isNull();
  }

  @Test
  void aServerThatClosesTakesNone() {
    acceptor.accepting = false;
    connect();

    assertThat(channel.isOpen()).isFalse();
    assertThat(acceptor.connection).isNull();
  }

  @Test
  void theDecisionIsAbandonedWhenTheConnectionIsGone() {
    acceptor.asking = true;
    connect();
    channel.close();

    assertThat(acceptor.told).containsExactly("abandoned");
  }

  @Test
  void aMessageThatIsTooLongClosesWith1009() {
    connect();
    receive("x".repeat(MAX_PAYLOAD + 1));

    assertThat(acceptor.told).singleElement().asString().startsWith("close 1009");
    receive("late");
    assertThat(acceptor.told).hasSize(1);
  }

  @Test
  void aDecoderThatFindsAMessageTooLongSaysSoToo() {
    connect();
    channel.pipeline().fireExceptionCaught(new TooLongFrameException("a line without an end"));

    assertThat(acceptor.told).singleElement().asString().startsWith("close 1009");
  }

  @Test
  void aLostConnectionIsTold() {
    connect();
    channel.close();

    assertThat(acceptor.told).containsExactly("close 1006 ");
  }
}
