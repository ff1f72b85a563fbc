// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.SocketState;
import io.socketcluster.core.failures.FailureLog;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.testkit.ForwardingCodec;
import io.socketcluster.testkit.RawConnection;
import io.socketcluster.testkit.RawServer;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A fault of the application around a client is seen: by who listens, or else in the log. */
@Timeout(120)
class ClientFailuresTest {
  private static final Logger LOGGER = Logger.getLogger(FailureLog.LOGGER);
  private static final String CALL = "{\"event\":\"buy\",\"cid\":1}";

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Handler recorder =
      new Handler() {
        @Override
        public void publish(@Nullable LogRecord entry) {
          if (entry != null) {
            lines.add(entry.getLevel() + " " + entry.getMessage() + ": " + entry.getThrown());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private final RawServer server = RawServer.start();
  private final AGClientSocket socket =
      SocketClusterClient.create(RawOptions.of(server).autoReconnect(false).build());

  @BeforeEach
  void record() {
    LOGGER.addHandler(recorder);
    LOGGER.setUseParentHandlers(false);
  }

  @AfterEach
  void end() {
    socket.disconnect();
    server.close();
    LOGGER.removeHandler(recorder);
    LOGGER.setUseParentHandlers(true);
  }

  private RawConnection connect() {
    socket.connect();
    return server.acceptOpen();
  }

  private static void fail() {
    throw new IllegalStateException("a bug");
  }

  private void awaitLines(String... expected) {
    await().untilAsserted(() -> assertThat(List.copyOf(lines)).containsExactly(expected));
  }

  @Test
  void aProcedureThatThrowsIsLogged() {
    socket.procedure("buy").consume(request -> fail());
    connect().sendText(CALL);

    awaitLines("WARNING The procedure \"buy\" failed: java.lang.IllegalStateException: a bug");
  }

  @Test
  void aConsumerOfAChannelThatThrowsIsLogged() {
    socket.subscribe("news").consume(data -> fail());
    connect().sendText("{\"event\":\"#publish\",\"data\":{\"channel\":\"news\",\"data\":1}}");

    awaitLines(
        "WARNING The consumer of the channel \"news\" failed: java.lang.IllegalStateException: a"
            + " bug");
  }

  @Test
  void anAnswerOnPurposeIsNot() {
    socket
        .procedure("buy")
        .consume(
            request -> {
              throw new AGException("SoldOutError", "no");
            });
    RawConnection connection = connect();
    connection.sendText(CALL);

    assertThat(connection.readText()).contains("SoldOutError");
    assertThat(lines).isEmpty();
  }

  @Test
  void anExecutorThatTakesNoTaskIsLogged() {
    socket
        .receiver("note")
        .consume(
            data -> {},
            task -> {
              throw new RejectedExecutionException("full");
            });
    connect().sendText("{\"event\":\"note\"}");

    awaitLines(
        "WARNING The executor for consumers of \"note\" took no task: "
            + "java.util.concurrent.RejectedExecutionException: full");
  }

  /** JSON, but for what it fails with. */
  private static final class FailingCodec extends ForwardingCodec {
    private static final byte[] UNREADABLE = "unreadable".getBytes(UTF_8);

    @Override
    public List<Packet> decode(byte[] message) {
      if (Arrays.equals(message, UNREADABLE)) {
        fail();
      }
      return super.decode(message);
    }

    @Override
    public byte[] encode(Packet packet) {
      if (packet instanceof EventPacket event && event.event().equals("unwritable")) {
        fail();
      }
      return super.encode(packet);
    }
  }

  @Test
  void aCodecThatCannotReadIsLoggedAndEndsTheConnection() {
    AGClientSocket other = withFailingCodec();
    server.acceptOpen().sendText("unreadable");

    awaitLines(
        "WARNING What the server sent could not be processed:"
            + " java.lang.IllegalStateException: a bug");
    await().until(() -> other.state() == SocketState.CLOSED);
  }

  @Test
  void aCodecThatCannotWriteIsLogged() {
    AGClientSocket other = withFailingCodec();
    RawConnection connection = server.acceptOpen();
    other.transmit("unwritable", 1);
    other.transmit("next", 2);

    assertThat(connection.readText()).contains("next");
    awaitLines(
        "WARNING The codec failed to write the event \"unwritable\":"
            + " InvalidArgumentsError: Event unwritable cannot be written");
    other.disconnect();
  }

  private AGClientSocket withFailingCodec() {
    return SocketClusterClient.create(
        RawOptions.of(server)
            .autoConnect(true)
            .autoReconnect(false)
            .codecEngine(new FailingCodec())
            .build());
  }

  @Test
  void aFailingListenerOfErrorsIsNotToldItsOwnFailure() {
    AtomicInteger told = new AtomicInteger();
    socket.procedure("buy").consume(request -> fail());
    socket
        .listener(AGClientSocket.ERROR)
        .consume(
            e -> {
              told.incrementAndGet();
              throw new IllegalStateException("another bug");
            });
    RawConnection connection = connect();
    connection.sendText(CALL);

    awaitLines(
        "WARNING The listener \"error\" failed: java.lang.IllegalStateException: another bug");
    connection.sendText(CALL);
    await().untilAsserted(() -> assertThat(told).hasValue(2));
  }
}
