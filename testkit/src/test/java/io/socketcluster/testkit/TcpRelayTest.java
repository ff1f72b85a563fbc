// SPDX-License-Identifier: MIT
package io.socketcluster.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TcpRelayTest {
  private static final Duration DELAY = Duration.ofMillis(300);
  private static final int SHORT_WAIT_MILLIS = 100;
  private static final int MEGABYTE = 1024 * 1024;

  private ServerSocket listening;
  private TcpRelay relay;
  private Socket client;
  private Socket server;

  @BeforeEach
  void connect() throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    relay = TcpRelay.to(listening.getLocalPort());
    client = newClient();
    server = listening.accept();
  }

  private Socket newClient() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), relay.port());
  }

  @AfterEach
  void close() throws IOException {
    relay.close();
    client.close();
    server.close();
    listening.close();
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  private static String read(Socket socket, int length) throws IOException {
    byte[] bytes = socket.getInputStream().readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return new String(bytes, UTF_8);
  }

  private static void assertNothingComes(Socket socket) throws IOException {
    socket.setSoTimeout(SHORT_WAIT_MILLIS);
    assertThatThrownBy(() -> read(socket, 1)).isInstanceOf(SocketTimeoutException.class);
    socket.setSoTimeout(0);
  }

  @Test
  void laterConnectionsAreLedToAnotherPort() throws IOException {
    try (ServerSocket next = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      relay.leadTo(next.getLocalPort());
      try (Socket later = newClient();
          Socket reached = next.accept()) {
        send(later, "later");
        assertThat(read(reached, 5)).isEqualTo("later");
      }
      send(client, "first");
      assertThat(read(server, 5)).as("this one stays").isEqualTo("first");
    }
  }

  @Test
  void bytesAreCarriedInBothDirections() throws IOException {
    send(client, "question");
    assertThat(read(server, 8)).isEqualTo("question");
    send(server, "answer");
    assertThat(read(client, 6)).isEqualTo("answer");

    assertThat(relay.carriedBytes()).isEqualTo(14);
    assertThat(relay.connections()).isEqualTo(1);
  }

  @Test
  void theEndOfOneEndEndsTheOther() throws IOException {
    client.close();

    assertThat(server.getInputStream().read()).isEqualTo(-1);
    await().until(() -> relay.connections() == 0);
  }

  @Test
  void aCutLosesWhatIsSentAndEndsNothingUntilItIsHealed() throws IOException {
    relay.cut();
    send(client, "lost");
    assertNothingComes(server);
    try (Socket later = newClient();
        Socket laterServer = listening.accept()) {
      send(later, "lost, too");
      assertNothingComes(laterServer);

      relay.heal();

      assertThat(client.getInputStream().read()).isEqualTo(-1);
      assertThat(laterServer.getInputStream().read()).isEqualTo(-1);
    }
    try (Socket healed = newClient();
        Socket healedServer = listening.accept()) {
      send(healed, "carried");
      assertThat(read(healedServer, 7)).isEqualTo("carried");
    }
  }

  @Test
  void aResetIsSeenAtBothEnds() {
    relay.reset();

    assertThatThrownBy(() -> read(client, 1)).isInstanceOf(SocketException.class);
    assertThatThrownBy(() -> read(server, 1)).isInstanceOf(SocketException.class);
  }

  @Test
  void aDelayLetsBytesArriveLaterAndInOrder() throws IOException {
    relay.delay(DELAY);
    long begun = System.nanoTime();
    send(client, "first,");
    send(client, "second");

    assertThat(read(server, 12)).isEqualTo("first,second");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(DELAY);
  }

  @Test
  void aPauseKeepsABoundedPartAndLosesNothing() throws Exception {
    relay.pause();
    byte[] much = new byte[32 * MEGABYTE];
    Thread sender =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    client.getOutputStream().write(much);
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                });
    assertNothingComes(server);
    assertThat(sender.join(Duration.ofMillis(SHORT_WAIT_MILLIS))).as("all was taken").isFalse();

    relay.resume();

    assertThat(server.getInputStream().readNBytes(much.length)).hasSize(much.length);
    sender.join();
  }

  @Test
  void aTargetThatIsGoneEndsTheConnection() throws IOException {
    listening.close();
    try (Socket refused = newClient()) {
      assertThat(refused.getInputStream().read()).isEqualTo(-1);
    }
  }
}
