// SPDX-License-Identifier: MIT
package io.socketcluster.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.core.AGChannel;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The chat as its users see it. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ChatApplicationTest {
  @LocalServerPort private int port;

  private @Nullable AGClientSocket socket;

  private AGClientSocket connect() {
    AGClientSocket connecting =
        SocketClusterClient.create(AGClientOptions.builder().port(port).build());
    socket = connecting;
    return connecting;
  }

  @AfterEach
  void disconnect() {
    Objects.requireNonNull(socket).disconnect();
  }

  @Test
  void aUserWhoHasLoggedInReadsAndWrites() throws Exception {
    AGClientSocket ada = connect();
    ada.call("login", Map.of("name", "Ada"));
    BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
    AGChannel<JsonNode> chat = ada.subscribe("chat");
    chat.consume(heard::add);
    await().until(chat::isSubscribed);
    ada.call("say", Map.of("text", "Hello"));
    JsonNode line = Objects.requireNonNull(heard.poll(60, TimeUnit.SECONDS));
    assertThat(line.path("from").asString()).isEqualTo("Ada");
    assertThat(line.path("text").asString()).isEqualTo("Hello");
  }

  @Test
  void aGuestMayNotWrite() {
    AGClientSocket guest = connect();
    assertThatThrownBy(() -> guest.call("say", Map.of("text", "Hello")))
        .hasMessageContaining("no token");
  }
}
