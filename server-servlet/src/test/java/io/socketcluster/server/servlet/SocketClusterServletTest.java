// SPDX-License-Identifier: MIT
package io.socketcluster.server.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.testkit.FreshCertificate;
import io.socketcluster.testkit.RawClient;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server on the port of Tomcat and of Jetty is the same server. */
class SocketClusterServletTest {
  private static final String PATH = "/socketcluster/";

  private final List<RawClient> clients = new ArrayList<>();
  private AGServer server = SocketCluster.create(AGServerOptions.DEFAULT);
  private @Nullable Container container;
  private @Nullable KeyStore keys;

  private void start(Container.Kind kind) throws Exception {
    start(kind, "", options -> options);
  }

  private void start(
      Container.Kind kind, String context, UnaryOperator<AGServerOptions.Builder> more)
      throws Exception {
    server = SocketCluster.create(more.apply(AGServerOptions.builder().eventLoops(1)).build());
    container = kind.start(new SocketClusterServlet(server), context, PATH + "*", keys);
  }

  @AfterEach
  void stop() throws Exception {
    server.close().orTimeout(60, TimeUnit.SECONDS).join();
    clients.forEach(RawClient::close);
    Container started = container;
    if (started != null) {
      started.close();
    }
  }

  private int port() {
    return Objects.requireNonNull(container).port();
  }

  private RawClient connect(String path) {
    RawClient client = RawClient.upgraded(port(), path);
    clients.add(client);
    return client;
  }

  private RawClient tcp() {
    RawClient client = RawClient.tcp(port());
    clients.add(client);
    return client;
  }

  private AGServerSocket onlySocket() {
    await().until(() -> server.clientsCount() == 1);
    return server.clients().values().iterator().next();
  }

  @ParameterizedTest
  @EnumSource
  void aCallIsAnswered(Container.Kind kind) throws Exception {
    start(kind);
    server.onConnection(socket -> socket.procedure("echo").consume(call -> call.end(call.data())));
    RawClient client = connect(PATH);
    client.handshake(null);
    assertThat(client.call("echo", "hello").path("data").asString()).isEqualTo("hello");
  }

  @ParameterizedTest
  @EnumSource
  void bothSpellingsOfThePathAreServedBelowTheContext(Container.Kind kind) throws Exception {
    start(kind, "/app", options -> options);
    connect("/app/socketcluster/").handshake(null);
    connect("/app/socketcluster").handshake(null);
    await().until(() -> server.clientsCount() == 2);
  }

  @ParameterizedTest
  @EnumSource
  void aPublishReachesSubscribersInOrder(Container.Kind kind) throws Exception {
    start(kind);
    RawClient client = connect(PATH);
    client.handshake(null);
    client.call("#subscribe", Map.of("channel", "news"));
    for (int i = 0; i < 2_000; i++) {
      server.exchange().transmitPublish("news", i);
    }
    for (int i = 0; i < 2_000; i++) {
      assertThat(client.nextJson().path("data").path("data").asInt()).isEqualTo(i);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMessageOfAMegabyteComesAndGoes(Container.Kind kind) throws Exception {
    start(kind, "", options -> options.maxPayload(4 << 20));
    server.onConnection(socket -> socket.procedure("echo").consume(call -> call.end(call.data())));
    RawClient client = connect(PATH);
    client.handshake(null);
    String large = "x".repeat(1 << 20);
    assertThat(client.call("echo", large).path("data").asString()).isEqualTo(large);
  }

  /** With TLS the container reads and writes the connection, not the event loop. */
  @ParameterizedTest
  @EnumSource
  void aConnectionWithTlsCarriesLargeMessages(Container.Kind kind, @TempDir Path directory)
      throws Exception {
    keys = keyStore(FreshCertificate.in(directory));
    start(kind, "", options -> options.maxPayload(4 << 20));
    server.onConnection(socket -> socket.procedure("echo").consume(call -> call.end(call.data())));
    SSLContext trustful = SSLContext.getInstance("TLS");
    trustful.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
    RawClient client =
        RawClient.over(trustful.getSocketFactory().createSocket("localhost", port()));
    clients.add(client);
    client.write(RawClient.upgradeRequest(PATH).getBytes(ISO_8859_1));
    client.readUpgradeAnswer();
    client.handshake(null);
    String large = "x".repeat(1 << 20);
    assertThat(client.call("echo", large).path("data").asString()).isEqualTo(large);
    onlySocket().disconnect(4321, "enough");
    assertThat(client.awaitClose().code()).isEqualTo(4321);
  }

  private static KeyStore keyStore(FreshCertificate certificate) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry(
        "test", certificate.key(), new char[0], new Certificate[] {certificate.certificate()});
    return keys;
  }

  /** Some cannot be told that they are upgraded. */
  @ParameterizedTest
  @EnumSource
  void clientsThatHangUpDuringTheUpgradeLeaveNothing(Container.Kind kind) throws Exception {
    start(kind, "", options -> options.handshakeTimeout(Duration.ofMinutes(2)));
    for (int i = 0; i < 300; i++) {
      try (Socket socket = new Socket("localhost", port())) {
        socket.setSoLinger(true, 0);
        socket.getOutputStream().write(RawClient.upgradeRequest(PATH).getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
      }
    }
    connect(PATH).handshake(null);
    await().until(() -> server.pendingClientsCount() == 0 && server.clientsCount() == 1);
  }

  @ParameterizedTest
  @EnumSource
  void aDrainSendsTheCloseFrameThatBringsClientsBackAtOnce(Container.Kind kind) throws Exception {
    start(kind);
    RawClient client = connect(PATH);
    client.handshake(null);
    server.close().orTimeout(60, TimeUnit.SECONDS).join();
    assertThat(client.awaitClose().code()).isEqualTo(4000);
  }

  @ParameterizedTest
  @EnumSource
  void aDisconnectEndsTheConnectionOfAClientThatIsSilent(Container.Kind kind) throws Exception {
    start(kind);
    RawClient client = connect(PATH);
    client.handshake(null);
    client.stopAnsweringClose();
    onlySocket().disconnect(4321, "enough");
    assertThat(client.awaitClose().code()).isEqualTo(4321);
    await().until(client::hasEnded);
  }

  @ParameterizedTest
  @EnumSource
  void aLostConnectionEndsItsSocket(Container.Kind kind) throws Exception {
    start(kind);
    RawClient client = connect(PATH);
    client.handshake(null);
    onlySocket();
    client.close();
    await().until(() -> server.clientsCount() == 0);
  }

  @ParameterizedTest
  @EnumSource
  void aForeignOriginIsRefused(Container.Kind kind) throws Exception {
    start(kind, "", options -> options.origins("mine.example:*"));
    assertThat(answerTo(PATH, "Origin: https://other.example\r\n")).contains(" 403");
    assertThat(answerTo(PATH, "Origin: https://mine.example\r\n")).contains(" 101");
  }

  private String answerTo(String path, String... headers) {
    RawClient client = tcp();
    client.write(RawClient.upgradeRequest(path, headers).getBytes(ISO_8859_1));
    return client.readHead();
  }

  @ParameterizedTest
  @EnumSource
  void theHandshakeMiddlewareSeesTheRequestAndMayBlockIt(Container.Kind kind) throws Exception {
    start(kind);
    server.setMiddleware(
        MiddlewareLine.HANDSHAKE,
        AGMiddleware.each(
            action -> {
              if (action.type() == AGAction.Type.HANDSHAKE_WS
                  && !action.request().uri().contains("secret")) {
                action.block();
              } else {
                action.allow();
              }
            }));
    assertThat(answerTo(PATH)).contains(" 401");
    assertThat(answerTo(PATH + "?secret=1")).contains(" 101");
  }

  @ParameterizedTest
  @EnumSource
  void aRequestWithoutUpgradeIsToldSo(Container.Kind kind) throws Exception {
    start(kind);
    RawClient client = tcp();
    client.write(
        ("GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            .getBytes(ISO_8859_1));
    assertThat(client.readAll()).contains(" 426").containsIgnoringCase("upgrade: websocket");
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatDoesNotReadIsClosedAndDelaysNobody(Container.Kind kind) throws Exception {
    start(kind, "", options -> options.outboundBufferLimit(256 * 1024));
    RawClient slow = tcp();
    slow.write(RawClient.upgradeRequest(PATH).getBytes(ISO_8859_1));
    slow.readHead();
    slow.send("{\"event\":\"#handshake\",\"data\":{},\"cid\":1}");
    slow.send("{\"event\":\"#subscribe\",\"data\":{\"channel\":\"big\"},\"cid\":2}");
    AGServerSocket socket = onlySocket();
    await().until(() -> socket.isSubscribed("big"));
    String piece = "y".repeat(100_000);
    await()
        .until(
            () -> {
              server.exchange().transmitPublish("big", piece);
              return server.clientsCount() == 0;
            });
    RawClient other = connect(PATH);
    other.handshake(null);
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatSendsTooFastIsHeldBackAndLosesNothing(Container.Kind kind) throws Exception {
    start(kind);
    List<Integer> received = Collections.synchronizedList(new ArrayList<>());
    server.onConnection(
        socket -> socket.receiver("count").consume(data -> received.add(data.asInt())));
    RawClient client = connect(PATH);
    client.handshake(null);
    for (int i = 0; i < 20_000; i++) {
      client.transmit("count", i);
    }
    await().until(() -> received.size() == 20_000);
    assertThat(received).isSorted();
  }

  @ParameterizedTest
  @EnumSource
  void pingsArriveAndASilentClientIsClosed(Container.Kind kind) throws Exception {
    start(
        kind,
        "",
        options -> options.pingInterval(Duration.ofMillis(200)).pingTimeout(Duration.ofSeconds(2)));
    RawClient client = connect(PATH);
    client.handshake(null);
    await().until(() -> client.pings() > 2);
    client.stopAnsweringPings();
    assertThat(client.awaitClose().code()).isEqualTo(4001);
  }

  @ParameterizedTest
  @EnumSource
  void aPathBelowIsNoneOfTheServer(Container.Kind kind) throws Exception {
    start(kind);
    assertThat(answerTo(PATH + "below")).contains(" 404");
    assertThat(answerTo(PATH + "%3Fx")).as("an escaped question mark").contains(" 404");
  }
}
