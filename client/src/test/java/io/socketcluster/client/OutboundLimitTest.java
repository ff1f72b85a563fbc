// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.ChannelOptions;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.protocol.errors.TimeoutError;
import io.socketcluster.testkit.ForwardingCodec;
import io.socketcluster.testkit.RawConnection;
import io.socketcluster.testkit.RawServer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What waits to be sent is counted until it is gone, wherever it goes. */
@Timeout(120)
class OutboundLimitTest {
  private static final int LIMIT = 1 << 20;
  private static final String KIBIBYTE = "x".repeat(1024);
  private static final Duration SOON = Duration.ofMillis(100);

  private final RawServer server = RawServer.start();
  private AGClientSocket socket = SocketClusterClient.create(options().build());

  private AGClientOptions.Builder options() {
    return RawOptions.of(server).outboundBufferLimit(LIMIT).autoReconnect(false);
  }

  private void use(AGClientOptions options) {
    socket = SocketClusterClient.create(options);
  }

  private RawConnection connect() {
    socket.connect();
    RawConnection connection = server.acceptOpen();
    await().until(() -> socket.state() == SocketState.OPEN);
    return connection;
  }

  @AfterEach
  void end() {
    socket.disconnect();
    server.close();
    awaitNothingWaits();
  }

  private static @Nullable Throwable failure(CompletableFuture<?> future) {
    return future.isCompletedExceptionally() ? future.exceptionNow() : null;
  }

  /** Waits until the socket has done what it was told. */
  private void settle() {
    socket.processPendingSubscriptions();
  }

  private static void assertFailsWith(
      Class<? extends Throwable> cause, CompletableFuture<?> future) {
    assertThat(future)
        .failsWithin(Duration.ofSeconds(60))
        .withThrowableThat()
        .withCauseInstanceOf(cause);
  }

  private void awaitNothingWaits() {
    await().until(() -> socket.getOutboundBufferedBytes() == 0);
  }

  private void sendUntilRefused(Runnable send) {
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100_000; i++) {
                send.run();
              }
            })
        .isInstanceOf(ResourceLimitError.class)
        .hasMessageContaining("was not sent");
    assertThat(socket.getOutboundBufferedBytes()).isBetween((long) LIMIT / 2, (long) LIMIT);
  }

  @Test
  void whatIsWrittenIsNotCountedAnyMore() {
    RawConnection connection = connect();
    socket.transmit("news", KIBIBYTE);

    assertThat(connection.readText()).contains(KIBIBYTE);
    awaitNothingWaits();
  }

  @Test
  void aServerThatDoesNotReadStopsTheSender() {
    connect();
    sendUntilRefused(() -> socket.transmit("news", KIBIBYTE));
    assertThat(socket.invoke("call", KIBIBYTE)).failsWithin(SOON.multipliedBy(50));
  }

  @Test
  void aTimeThatNoClockKnowsIsRefused() {
    assertThatThrownBy(() -> socket.invoke("call", 1, Duration.ofSeconds(Long.MAX_VALUE)))
        .isInstanceOf(InvalidArgumentsError.class)
        .hasMessageStartingWith("ackTimeout is ");
    assertThatThrownBy(() -> socket.invoke("call", 1, Duration.ofMillis(-1)))
        .isInstanceOf(InvalidArgumentsError.class);
  }

  /** The first message may have any size: what waits of it are no answers that nobody reads. */
  @Test
  void aPingWhileALongMessageIsWrittenEndsNothing() {
    Queue<JsonNode> after = new ConcurrentLinkedQueue<>();
    socket.receiver("after").consume(after::add);
    RawConnection connection = connect();
    String message = "x".repeat(12 * LIMIT);
    socket.transmit("news", message);
    settle();
    connection.sendText(""); // a ping, which the client answers while most of the message waits
    connection.sendText("{\"event\":\"after\"}");
    await().until(() -> !after.isEmpty() || socket.state() == SocketState.CLOSED);

    assertThat(connection.readText()).contains(message);
    assertThat(connection.readText()).isEmpty();
    assertThat(socket.state()).isEqualTo(SocketState.OPEN);
  }

  @Test
  void batchesCountToo() {
    connect();
    socket.startBatching();
    sendUntilRefused(() -> socket.transmit("news", KIBIBYTE));
  }

  @Test
  void rawMessagesCountToo() {
    connect();
    sendUntilRefused(() -> socket.send(KIBIBYTE));
    assertThatThrownBy(() -> socket.send(new byte[LIMIT])).isInstanceOf(ResourceLimitError.class);
  }

  @Test
  void rawMessagesWithoutAConnectionAreDroppedAndNotCounted() {
    socket.send(KIBIBYTE);
    awaitNothingWaits();
    assertThat(socket.state()).isEqualTo(SocketState.CLOSED);
  }

  @Test
  void whatWaitsForTheConnectionCountsUntilItsTimeIsOver() {
    use(options().ackTimeout(SOON).build());
    CompletableFuture<JsonNode> call = socket.invoke("call", KIBIBYTE);
    socket.transmit("news", KIBIBYTE);
    assertThat(socket.getOutboundBufferedBytes()).isGreaterThan(2L * KIBIBYTE.length());

    assertFailsWith(TimeoutError.class, call);
    awaitNothingWaits();
  }

  @Test
  void whatWaitsForAConnectionThatFailsIsCountedNoMore() {
    CompletableFuture<JsonNode> call = socket.invoke("call", KIBIBYTE);
    socket.transmit("news", KIBIBYTE);
    settle();
    server.accept().reset();

    assertFailsWith(BadConnectionError.class, call);
    awaitNothingWaits();
  }

  @Test
  void aBatchThatIsDroppedCountsNoMore() {
    connect();
    socket.startBatch();
    socket.transmit("news", KIBIBYTE);
    await().until(() -> socket.isBufferingBatch());
    assertThat(socket.getOutboundBufferedBytes()).isGreaterThan(KIBIBYTE.length());
    socket.cancelBatch();
    awaitNothingWaits();

    socket.startBatching();
    socket.transmit("news", KIBIBYTE);
    socket.cancelBatching();
    awaitNothingWaits();
  }

  @Test
  void aBatchThatIsDroppedKeepsWhatTheSocketItselfNeeds() {
    RawConnection connection = connect();
    socket.startBatch();
    socket.transmit("dropped", 1);
    socket.subscribe("news");
    socket.transmit("dropped", 2);
    socket.unsubscribe("news");
    assertThat(socket.deauthenticate()).succeedsWithin(Duration.ofSeconds(60));
    socket.cancelBatch();

    assertThat(connection.readText()).contains("#subscribe");
    assertThat(connection.readText()).contains("#unsubscribe");
    assertThat(connection.readText()).contains("#removeAuthToken");
    socket.transmit("sent", 3);
    assertThat(connection.readText()).contains("sent");
  }

  @Test
  void aBatchThatWaitsLeavesBeforeTheApplicationsClose() {
    RawConnection connection = connect();
    socket.startBatch();
    socket.transmit("first", 1);
    socket.transmit("second", 2);
    socket.disconnect(4001, null);

    assertThat(connection.readText())
        .isEqualTo("[{\"event\":\"first\",\"data\":1},{\"event\":\"second\",\"data\":2}]");
    assertThat(connection.readFrame().closeCode()).isEqualTo(4001);
    awaitNothingWaits();
  }

  @Test
  void aBatchThatWaitsWhenTheConnectionIsLostCountsNoMoreAndItsCallsFail() {
    RawConnection connection = connect();
    socket.startBatch();
    socket.transmit("news", KIBIBYTE);
    CompletableFuture<JsonNode> call = socket.invoke("call", KIBIBYTE);
    settle();
    connection.reset();

    assertFailsWith(BadConnectionError.class, call);
    awaitNothingWaits();
  }

  @Test
  void aServerThatAsksAndDoesNotReadTheAnswersIsLeft() {
    RawConnection connection = connect();
    EventLog log = EventLog.of(socket);
    socket.procedure("big").consume(request -> request.end(KIBIBYTE.repeat(512)));
    for (int cid = 1; cid <= 40; cid++) {
      connection.sendText("{\"event\":\"big\",\"data\":1,\"cid\":" + cid + "}");
    }

    log.await(
        "connecting", "connect", "disconnect 1008", "close 1008", "error SocketProtocolError");
    assertThat(log.errors()).anyMatch(error -> error.getCause() instanceof ResourceLimitError);
  }

  @Test
  void aLogoutIsSentHoweverMuchWaits() {
    connect();
    sendUntilRefused(() -> socket.transmit("news", KIBIBYTE));

    assertThat(socket.deauthenticate()).succeedsWithin(Duration.ofSeconds(60));
  }

  @Test
  void aLoginThatIsNotSentLogsNobodyOut() {
    RawConnection connection = connect();
    connection.sendText("{\"event\":\"#setAuthToken\",\"data\":{\"token\":\"a.b.c\"}}");
    await().until(() -> socket.signedAuthToken() != null);
    await()
        .until( // the system may take much before it takes no more
            () -> {
              sendUntilRefused(() -> socket.transmit("news", KIBIBYTE));
              return failure(socket.authenticate(KIBIBYTE.repeat(100)));
            },
            ResourceLimitError.class::isInstance);
    assertThat(socket.signedAuthToken()).isEqualTo("a.b.c");
  }

  /** Cannot write an event of one name. */
  private static final class PickyCodec extends ForwardingCodec {
    @Override
    public byte[] encode(Packet packet) {
      byte[] message = super.encode(packet);
      if (new String(message, java.nio.charset.StandardCharsets.UTF_8).contains("unspeakable")) {
        throw new IllegalArgumentException("That is not written");
      }
      return message;
    }
  }

  @Test
  void whatTheCodecCannotWriteFailsAloneAndCountsNoMore() {
    use(options().codecEngine(new PickyCodec()).build());
    CompletableFuture<JsonNode> queued = socket.invoke("unspeakable", KIBIBYTE);
    socket.transmit("unspeakable", KIBIBYTE);
    socket.transmit("news", 1);
    RawConnection connection = server.acceptOpen();

    assertThat(connection.readText()).isEqualTo("{\"event\":\"news\",\"data\":1}");
    assertFailsWith(InvalidArgumentsError.class, queued);
    awaitNothingWaits();
    assertThat(socket.invoke("unspeakable", 1)).failsWithin(Duration.ofSeconds(60));
    awaitNothingWaits();
  }

  @Test
  void aSubscriptionWhoseDataCannotBeWrittenIsRefusedAtOnceAndTheSocketOpensAllTheSame() {
    Iterable<String> unwritable =
        () -> {
          throw new IllegalStateException("no text");
        };
    ChannelOptions options = ChannelOptions.DEFAULT.withData(unwritable);

    assertThatThrownBy(() -> socket.subscribe("news", options, JsonNode.class))
        .isInstanceOf(InvalidArgumentsError.class);
    assertThat(socket.subscriptions(true)).isEmpty();
    connect();
  }
}
