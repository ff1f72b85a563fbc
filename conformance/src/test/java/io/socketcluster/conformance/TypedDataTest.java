// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.codec.minbin.MinBinCodec;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.UnknownError;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.SocketCluster;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Data that does not fit a type is refused, wherever a type was asked for, with both codecs. */
@Timeout(120)
@ParameterizedClass
@MethodSource("codecs")
class TypedDataTest {
  private static final String TOO_FINE = "{\"item\":\"tea\",\"count\":1.9}";

  @Parameter @Nullable CodecEngine codec;

  private final BlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();
  private final BlockingQueue<Throwable> warnings = new LinkedBlockingQueue<>();
  private final BlockingQueue<Buy> bought = new LinkedBlockingQueue<>();
  private final BlockingQueue<AGServerSocket> sockets = new LinkedBlockingQueue<>();
  private @Nullable AGServer server;
  private @Nullable AGClientSocket client;

  record Buy(String item, int count) {}

  interface Face {}

  record Hidden(Optional<Face> face) {}

  static CodecEngine[] codecs() {
    return new CodecEngine[] {new JsonCodec(), new MinBinCodec()};
  }

  @BeforeEach
  void connect() {
    CodecEngine chosen = Objects.requireNonNull(codec);
    AGServer started = SocketCluster.create(AGServerOptions.builder().codecEngine(chosen).build());
    server = started;
    started.setMiddleware(AGServer.MIDDLEWARE_INBOUND, AGMiddleware.each(TypedDataTest::decide));
    started.listener(AGServer.WARNING).consume(event -> warnings.add(event.warning()));
    started.onConnection(socket -> serve(socket));
    started.exchange().subscribe("room", Buy.class).consume(bought::add);
    started.listen(0);
    client =
        SocketClusterClient.create(
            AGClientOptions.builder().port(started.port()).codecEngine(chosen).build());
  }

  private static void decide(AGAction action) {
    if ("checked".equals(action.procedure())) {
      action.data(Buy.class);
    }
    action.allow();
  }

  private void serve(AGServerSocket socket) {
    socket.listener(AGServerSocket.ERROR).consume(event -> errors.add(event.error()));
    socket.procedure("buy", Buy.class).consume(request -> request.end(request.data()));
    socket.procedure("checked").consume(request -> request.end(request.data()));
    socket.procedure("echo").consume(request -> request.end(request.data()));
    socket.procedure("hidden", Hidden.class).consume(request -> request.end());
    socket.receiver("buy", Buy.class).consume(bought::add);
    sockets.add(socket);
  }

  @AfterEach
  void close() {
    client().disconnect();
    Objects.requireNonNull(server).close().join();
  }

  private AGClientSocket client() {
    return Objects.requireNonNull(client);
  }

  private static Payload json(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return Payload.ofJson(bytes, 0, bytes.length);
  }

  private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
    return Objects.requireNonNull(queue.poll(60, TimeUnit.SECONDS), "nothing came");
  }

  @Test
  void aProcedureRefusesWhatDoesNotFit() throws Exception {
    assertThatThrownBy(() -> client().call("buy", json(TOO_FINE)))
        .isInstanceOf(InvalidArgumentsError.class)
        .hasMessageEndingWith("at count");
    assertThat(client().call("buy", new Buy("tea", 2), Buy.class)).isEqualTo(new Buy("tea", 2));
  }

  @Test
  void aReceiverReportsWhatDoesNotFitAndGoesOn() throws Exception {
    client().transmit("buy", json(TOO_FINE));
    client().transmit("buy", new Buy("tea", 2));

    assertThat(take(bought)).isEqualTo(new Buy("tea", 2));
    assertThat(take(errors)).isInstanceOf(InvalidArgumentsError.class);
  }

  @Test
  void aMiddlewareRefusesWhatDoesNotFit() {
    assertThatThrownBy(() -> client().call("checked", json(TOO_FINE)))
        .isInstanceOf(InvalidArgumentsError.class);
  }

  @Test
  void theExchangeReportsWhatDoesNotFitAndGoesOn() throws Exception {
    client().transmitPublish("room", json(TOO_FINE));
    client().transmitPublish("room", new Buy("tea", 2));

    assertThat(take(bought)).isEqualTo(new Buy("tea", 2));
    assertThat(take(warnings)).isInstanceOf(InvalidArgumentsError.class);
  }

  @Test
  void anAnswerThatDoesNotFitFails() {
    assertThatThrownBy(() -> client().call("echo", json(TOO_FINE), Buy.class))
        .isInstanceOf(InvalidArgumentsError.class);
    assertThatThrownBy(() -> client().invoke("echo", json(TOO_FINE), Buy.class).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(InvalidArgumentsError.class);
  }

  @Test
  void theClientRefusesWhatDoesNotFit() throws Exception {
    BlockingQueue<Throwable> clientErrors = new LinkedBlockingQueue<>();
    BlockingQueue<Buy> received = new LinkedBlockingQueue<>();
    client().listener(AGClientSocket.ERROR).consume(event -> clientErrors.add(event.error()));
    client().receiver("offer", Buy.class).consume(received::add);
    client().procedure("sell", Buy.class).consume(request -> request.end("sold"));
    client().subscribe("room", Buy.class).consume(received::add);
    client().channel("room").listener(ChannelEvent.SUBSCRIBE).once();
    AGServerSocket socket = take(sockets);

    socket.transmit("offer", json(TOO_FINE));
    assertThat(take(clientErrors)).isInstanceOf(InvalidArgumentsError.class);
    client().transmitPublish("room", json(TOO_FINE));
    assertThat(take(clientErrors)).isInstanceOf(InvalidArgumentsError.class);
    assertThatThrownBy(() -> socket.invoke("sell", json(TOO_FINE)).join())
        .hasCauseInstanceOf(InvalidArgumentsError.class);
    socket.transmit("offer", new Buy("tea", 2));
    assertThat(take(received)).isEqualTo(new Buy("tea", 2));
  }

  @Test
  void aTypeThatCannotBeMadeIsRefusedWhereItIsNamed() {
    AGServer running = Objects.requireNonNull(server);
    for (Runnable naming :
        new Runnable[] {
          () -> client().receiver("x", Face.class),
          () -> client().procedure("x", Face.class),
          () -> client().subscribe("x", Face.class),
          () -> client().channel("x", Face[].class),
          () -> client().invoke("echo", null, Face.class),
          () -> running.exchange().subscribe("x", Face.class)
        }) {
      assertThatThrownBy(naming::run)
          .isInstanceOf(IllegalArgumentException.class)
          .isNotInstanceOf(AGException.class)
          .hasMessageContaining("Jackson cannot make")
          .hasMessageContaining(Face.class.getName());
    }
    assertThat(client().isSubscribed("x", true)).isFalse();
  }

  @Test
  void aTypeThatTurnsOutToBeUnmakeableIsNotBlamedOnTheClient() throws Exception {
    assertThatThrownBy(() -> client().call("hidden", Map.of("face", Map.of())))
        .isInstanceOf(UnknownError.class)
        .hasMessage("Internal server error");
    assertThat(take(errors))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Face.class.getName());
  }
}
