// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.core.AGChannel;
import io.socketcluster.core.AuthState;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGServerOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The Java client does with the demo what every client does. */
@Timeout(120)
class JavaClientTest {
  @RegisterExtension
  static final RunningServer SERVER =
      new RunningServer(port -> TestServers.demo(port, AGServerOptions.builder()));

  private static AGClientSocket connect() {
    return SocketClusterClient.create(AGClientOptions.builder().port(SERVER.port()).build());
  }

  @Test
  void whatIsCalledBeforeTheConnectionIsThereIsAnswered() throws Exception {
    AGClientSocket socket = connect();

    assertThat(socket.state()).isEqualTo(SocketState.CONNECTING);
    assertThat(socket.call("echo", "hello").stringValue()).isEqualTo("hello");
    assertThat(socket.invoke("echo", 7, Integer.class).join()).isEqualTo(7);
    assertThat(socket.state()).isEqualTo(SocketState.OPEN);
    socket.disconnect();
    assertThat(socket.state()).isEqualTo(SocketState.CLOSED);
  }

  @Test
  void theServersErrorIsThrown() {
    AGClientSocket socket = connect();

    assertThatThrownBy(() -> socket.call("alwaysFails", null))
        .isInstanceOf(AGException.class)
        .hasMessage("Server failed to execute the procedure");
    socket.disconnect();
  }

  @Test
  void aChannelIsSubscribedAndBringsWhatIsPublished() throws Exception {
    AGClientSocket socket = connect();
    AGChannel<JsonNode> channel = socket.subscribe("news");
    channel.listener(ChannelEvent.SUBSCRIBE).once();
    socket.invokePublish("news", Map.of("n", 1)).join();

    assertThat(channel.once().path("n").asInt()).isEqualTo(1);
    socket.disconnect();
  }

  @Test
  void aLoginIsKeptForTheNextConnection() throws Exception {
    AGClientSocket socket = connect();
    socket.call("login", Map.of("username", "ada"));
    assertThat(socket.authState()).isEqualTo(AuthState.AUTHENTICATED);
    socket.reconnect();

    assertThat(socket.listener(AGClientSocket.CONNECT).once().isAuthenticated()).isTrue();
    socket.disconnect();
  }
}
