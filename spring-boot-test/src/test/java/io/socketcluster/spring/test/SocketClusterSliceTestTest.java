// SPDX-License-Identifier: MIT
package io.socketcluster.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.BDDMockito.given;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.core.AGChannel;
import io.socketcluster.server.AGServer;
import io.socketcluster.spring.test.chat.Database;
import io.socketcluster.spring.test.chat.Orders;
import io.socketcluster.spring.test.chat.SliceApplication;
import io.socketcluster.test.TestClient;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.JsonNode;

/** A slice has the handlers of an application, and not the rest of it. */
@SocketClusterSliceTest(properties = "socketcluster.ping-interval=3s")
@ContextConfiguration(classes = SliceApplication.class)
class SocketClusterSliceTestTest {
  @MockitoBean private Orders orders;
  @Autowired private ApplicationContext application;

  @Test
  void aHandlerIsCalledWithWhatItNeedsReplaced(AGClientSocket socket) throws Exception {
    given(orders.add("tea")).willReturn(7);
    assertThat(socket.call("order", Map.of("item", "tea")).asInt()).isEqualTo(7);
  }

  @Test
  void dataIsValidated(AGClientSocket socket) {
    assertThatThrownBy(() -> socket.call("order", Map.of("item", " ")))
        .hasMessageContaining("item");
  }

  @Test
  void aMiddlewareDecides(
      RawClient guest, @TestClient(claims = "{\"username\":\"ada\"}") AGClientSocket ada) {
    guest.handshake(null);
    JsonNode refused = guest.call("#subscribe", Map.of("channel", "news"));
    assertThat(refused.path("error").path("name").asString()).isEqualTo("NotLoggedInError");
    AGChannel<JsonNode> news = ada.subscribe("news");
    await().until(news::isSubscribed);
  }

  @Test
  void theServerIsOnAFreePortAndHasTheOptionsOfTheTest(AGServer agServer) {
    assertThat(agServer.port()).isPositive();
    assertThat(agServer.options().pingInterval()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void theRestOfTheApplicationIsLeftOut() {
    assertThat(application).isNotInstanceOf(WebApplicationContext.class);
    assertThat(application.getBeansOfType(Database.class)).isEmpty();
  }
}
