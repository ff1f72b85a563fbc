// SPDX-License-Identifier: MIT
package io.socketcluster.examples.spring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.core.AGChannel;
import io.socketcluster.spring.test.SocketClusterSliceTest;
import io.socketcluster.test.TestClient;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The handlers and the rules, without the rest of the application. */
@SocketClusterSliceTest
class ChatHandlersTest {
  @Test
  void aLineWithoutTextIsRefused(@TestClient(claims = "{\"name\":\"Ada\"}") AGClientSocket ada) {
    assertThatThrownBy(() -> ada.call("say", Map.of("text", " "))).hasMessageContaining("text");
  }

  @Test
  void usersReadTheChat(@TestClient(claims = "{\"name\":\"Ada\"}") AGClientSocket ada) {
    AGChannel<JsonNode> chat = ada.subscribe("chat");
    await().until(chat::isSubscribed);
  }
}
