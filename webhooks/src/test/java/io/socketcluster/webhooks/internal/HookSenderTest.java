// SPDX-License-Identifier: MIT
package io.socketcluster.webhooks.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.webhooks.WebhookOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A receiver answers with the head of an answer, and never sends its body. */
@Timeout(30)
class HookSenderTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n";

  private final Hook hook = new Hook("key", "evt_1", Map.of());
  private final AtomicInteger open = new AtomicInteger();
  private final ServerSocket receiver = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());

  HookSenderTest() throws IOException {
    Thread.ofVirtual().start(this::receive);
  }

  private void receive() {
    while (!receiver.isClosed()) {
      try (Socket socket = receiver.accept()) {
        open.incrementAndGet();
        hold(socket);
        open.decrementAndGet();
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  /** Returns when the sender has closed the connection. */
  private static void hold(Socket socket) {
    try {
      socket.getOutputStream().write(HEAD.getBytes(US_ASCII));
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      return; // closed without reading all
    }
  }

  private HookSender sender() {
    String url = "http://127.0.0.1:" + receiver.getLocalPort() + "/";
    return new HookSender(
        WebhookOptions.builder(url, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
            .attempts(2)
            .retryDelay(Duration.ofMillis(1))
            .timeout(Duration.ofMillis(500))
            .build());
  }

  @AfterEach
  void close() throws IOException {
    receiver.close();
  }

  @Test
  void anAnswerWithoutItsEndIsNone() throws InterruptedException {
    try (HookSender sender = sender()) {
      assertThat(sender.send(hook)).isFalse();
      await().untilAsserted(() -> assertThat(open).as("connections").hasValue(0));
    }
  }
}
