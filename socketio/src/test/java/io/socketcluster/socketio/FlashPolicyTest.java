// SPDX-License-Identifier: MIT
package io.socketcluster.socketio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** What a Flash movie asks for before it opens a WebSocket. */
class FlashPolicyTest {
  private static final String REQUEST = "<policy-file-request/>\0";
  private static final String POLICY =
      """
      <?xml version="1.0"?>
      <!DOCTYPE cross-domain-policy SYSTEM "http://www.macromedia.com/xml/dtds/cross-domain-policy.dtd">
      <cross-domain-policy>
      <allow-access-from domain="*" to-ports="*"/>
      </cross-domain-policy>
      """;

  private static String answer(int port, String... parts) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(60_000);
      for (String part : parts) {
        socket.getOutputStream().write(part.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
      }
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Test
  void thePortOfTheServerAnswersWholeAndInParts() throws IOException {
    try (TestDoor door = new TestDoor()) {
      int port = door.server.port();
      assertThat(answer(port, REQUEST)).isEqualTo(POLICY);
      assertThat(answer(port, "<policy-", "file-request/>", "\0")).isEqualTo(POLICY);
      String http = "GET /other HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
      assertThat(answer(port, http)).endsWith("the application");
      assertThat(answer(port, "<policy-other/>\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void onlyADoorWithFlashAnswers() throws IOException {
    try (TestDoor door = new TestDoor(o -> o, io -> io.transports(SocketIOTransport.WEBSOCKET))) {
      assertThat(answer(door.server.port(), REQUEST + "\r\n\r\n"))
          .doesNotContain("cross-domain-policy");
    }
  }

  @Test
  void aPortOfItsOwnAnswersAtOnceWithTheOriginsOfTheServer() throws IOException {
    try (TestDoor door = new TestDoor(o -> o.origins("a.example:*", "*:8080"), io -> io);
        FlashPolicyServer policy = FlashPolicyServer.listen(door.server, 0)) {
      String lines =
          """
          <allow-access-from domain="a.example" to-ports="*"/>
          <allow-access-from domain="*" to-ports="8080"/>
          """;
      assertThat(answer(policy.port(), REQUEST)).contains(lines);
      assertThat(answer(policy.port())).contains(lines);
    }
  }
}
