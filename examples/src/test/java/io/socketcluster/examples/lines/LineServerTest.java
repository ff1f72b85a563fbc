// SPDX-License-Identifier: MIT
package io.socketcluster.examples.lines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.server.AGServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LineServerTest {
  private final AGServer server = Lines.create();
  private final LineServer lines = LineServer.listen(server, 0);

  /** What {@code nc} does. */
  private static final class Terminal implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    Terminal(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(20_000);
      in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      assertThat(in.readLine()).isEqualTo("welcome");
    }

    void type(String line) throws IOException {
      socket.getOutputStream().write((line + "\n").getBytes(UTF_8));
    }

    String read() throws IOException {
      return String.valueOf(in.readLine());
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @AfterEach
  void close() {
    server.close().join();
    lines.close();
  }

  @Test
  void aLineCallsAProcedure() throws IOException {
    try (Terminal terminal = new Terminal(lines.port())) {
      terminal.type("invoke 1 echo {\"a\": [1, true]}");
      assertThat(terminal.read()).isEqualTo("1 ok {\"a\":[1,true]}");
      terminal.type("invoke 2 echo hello there");
      assertThat(terminal.read()).isEqualTo("2 ok \"hello there\"");
      terminal.type("subscribe 3");
      assertThat(terminal.read()).startsWith("bye 1007");
      assertThat(terminal.read()).as("the end").isEqualTo("null");
    }
  }

  @Test
  void linesAndSocketClusterClientsShareTheChannels() throws Exception {
    server.listen(0);
    AGClientSocket client =
        SocketClusterClient.create(
            AGClientOptions.builder().hostname("127.0.0.1").port(server.port()).build());
    try (Terminal terminal = new Terminal(lines.port());
        Terminal other = new Terminal(lines.port())) {
      terminal.type("subscribe 1 news");
      assertThat(terminal.read()).isEqualTo("1 ok");
      other.type("subscribe 1 news");
      assertThat(other.read()).isEqualTo("1 ok");

      client.invokePublish("news", Map.of("from", "client")).join();
      assertThat(terminal.read()).isEqualTo("message news {\"from\":\"client\"}");
      assertThat(other.read()).isEqualTo("message news {\"from\":\"client\"}");

      other.type("publish news from a line");
      assertThat(terminal.read()).isEqualTo("message news \"from a line\"");

      terminal.type("unsubscribe 2 news");
      assertThat(terminal.read()).isEqualTo("2 ok");
    } finally {
      client.disconnect();
    }
  }

  @Test
  void aLineThatNeverEndsEndsTheConnection() throws IOException {
    try (Terminal terminal = new Terminal(lines.port())) {
      terminal.type("invoke 1 echo " + "x".repeat(100_000));
      assertThat(terminal.read()).startsWith("bye 1009");
    }
  }

  @Test
  void aServerThatClosesSaysGoodbye() throws IOException {
    try (Terminal terminal = new Terminal(lines.port())) {
      server.close();
      assertThat(terminal.read()).startsWith("bye ");
    }
  }
}
