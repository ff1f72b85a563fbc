// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.core.AGChannel;
import io.socketcluster.core.ChannelOptions;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.SocketCluster;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.core.type.TypeReference;

/** Wherever data is bound to a class it is bound to a generic type, too, on both ends. */
@Timeout(120)
class GenericTypesTest {
  private static final TypeReference<List<Buy>> BUYS = new TypeReference<>() {};
  private static final List<Buy> TWO = List.of(new Buy("tea", 2), new Buy("rice", 1));
  private static final String TOO_FINE = "[{\"item\":\"tea\",\"count\":1.9}]";

  private final BlockingQueue<List<Buy>> bought = new LinkedBlockingQueue<>();
  private final CompletableFuture<AGServerSocket> connected = new CompletableFuture<>();
  private AGServer server;
  private AGClientSocket client;

  record Buy(String item, int count) {}

  @BeforeEach
  void connect() {
    server = SocketCluster.create(AGServerOptions.DEFAULT);
    server.setMiddleware(AGServer.MIDDLEWARE_INBOUND, AGMiddleware.each(this::decide));
    server.onConnection(this::serve);
    server.listen(0);
    client = SocketClusterClient.create(AGClientOptions.builder().port(server.port()).build());
    serveClient();
  }

  private void decide(AGAction action) {
    if ("checked".equals(action.procedure())) {
      bought.add(Objects.requireNonNull(action.data(BUYS)));
    }
    action.allow();
  }

  private void serve(AGServerSocket socket) {
    socket.procedure("buy", BUYS).consume(request -> request.end(request.data()));
    socket.procedure("checked").consume(request -> request.end());
    socket.receiver("buy", BUYS).consume(bought::add);
    connected.complete(socket);
  }

  private void serveClient() {
    client.procedure("buy", BUYS).consume(request -> request.end(request.data()));
    client.receiver("buy", BUYS).consume(bought::add);
  }

  @AfterEach
  void close() {
    client.disconnect();
    server.close().join();
  }

  private static Payload json(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return Payload.ofJson(bytes, 0, bytes.length);
  }

  private List<Buy> takeBought() throws InterruptedException {
    return Objects.requireNonNull(bought.poll(60, TimeUnit.SECONDS), "nothing came");
  }

  private AGServerSocket socket() {
    return connected.orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Test
  void theAnswersOfBothEnds() throws Exception {
    assertThat(client.call("buy", TWO, BUYS)).isEqualTo(TWO);
    assertThat(client.invoke("buy", TWO, BUYS).get(60, TimeUnit.SECONDS)).isEqualTo(TWO);
    assertThat(socket().call("buy", TWO, BUYS)).isEqualTo(TWO);
    assertThat(socket().invoke("buy", TWO, BUYS).get(60, TimeUnit.SECONDS)).isEqualTo(TWO);
  }

  @Test
  void theReceiversOfBothEnds() throws Exception {
    client.transmit("buy", TWO);
    assertThat(takeBought()).isEqualTo(TWO);
    socket().transmit("buy", TWO);
    assertThat(takeBought()).isEqualTo(TWO);
  }

  @Test
  void theChannelsOfBothEnds() throws Exception {
    server.exchange().subscribe("shop", BUYS).consume(bought::add);
    AGChannel<List<Buy>> channel = client.subscribe("mine", ChannelOptions.DEFAULT, BUYS);
    channel.consume(bought::add);

    client.invokePublish("shop", TWO).get(60, TimeUnit.SECONDS);
    assertThat(takeBought()).isEqualTo(TWO);
    client.invokePublish("mine", TWO).get(60, TimeUnit.SECONDS);
    assertThat(takeBought()).isEqualTo(TWO);
  }

  @Test
  void theDataOfAnAction() throws Exception {
    client.call("checked", TWO);
    assertThat(takeBought()).isEqualTo(TWO);
  }

  @Test
  void anElementThatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> client.call("buy", json(TOO_FINE)))
        .isInstanceOf(InvalidArgumentsError.class)
        .hasMessageContaining("count");
    assertThatThrownBy(() -> client.call("buy", TWO, new TypeReference<Map<String, Buy>>() {}))
        .isInstanceOf(InvalidArgumentsError.class);
  }

  @Test
  void aTypeWithAnElementThatCannotBeMadeIsRefusedWhereItIsNamed() {
    TypeReference<List<Runnable>> runnables = new TypeReference<>() {};

    assertThatThrownBy(() -> client.procedure("run", runnables))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> client.subscribe("run", runnables))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(client.isSubscribed("run", true)).isFalse();
  }
}
