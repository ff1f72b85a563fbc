// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.AuthStatus;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.core.AuthState;
import io.socketcluster.core.ChannelState;
import io.socketcluster.demo.DemoServer;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The samples of the guide to the client do what it says of them. */
@Timeout(120)
class ClientSamplesTest {
  private final ClientProgram program = new ClientProgram();
  private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
  private @Nullable AGServer server;
  private @Nullable AGClientSocket socket;

  @BeforeEach
  void startTheDemo() {
    server = DemoServer.start(0, AGServerOptions.builder());
    server.onConnection(socket -> serve(socket));
  }

  private void serve(AGServerSocket client) {
    client
        .procedure("profile")
        .consume(request -> request.end(Map.of("name", "Ada L.", "level", 3)));
    client
        .procedure("askMe")
        .consume(
            request ->
                request.end(client.invoke("question", Map.of("text", "How are you?")).join()));
    client.receiver("sample").consume(data -> arrived.add(data.toString()));
  }

  @AfterEach
  void end() {
    if (socket != null) {
      socket.disconnect();
    }
    Objects.requireNonNull(server).close().join();
  }

  private int port() {
    return Objects.requireNonNull(server).port();
  }

  private AGClientSocket connect() {
    AGClientSocket created = program.create(port());
    socket = created;
    return created;
  }

  private void tells(String... lines) {
    await().untilAsserted(() -> assertThat(program.told).contains(lines));
  }

  @Test
  void theFirstClientLogsInAndIsHeardByTheFirstProgram() throws Exception {
    AGServer other = FirstProgram.start(0);
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    other.exchange().subscribe("room").consume(message -> heard.add(message.toString()));
    AGClientSocket first = FirstClient.start(other.port());
    try {
      assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("{\"text\":\"Hello\"}");
      assertThat(first.authState()).isEqualTo(AuthState.AUTHENTICATED);
    } finally {
      first.disconnect();
      other.close().join();
    }
  }

  @Test
  void callsAreAnsweredOrFail() throws Exception {
    AGClientSocket created = connect();
    program.call(created);
    program.fail(created);
    program.invoke(created).join();

    tells("online as " + created.id());
    tells("Ada L.", "BadCustomError: Server failed to execute the procedure", "3");
  }

  @Test
  void theServerTransmitsAndCalls() throws Exception {
    AGClientSocket created = connect();
    program.serve(created);
    program.transmit(created);

    tells("ada");
    assertThat(created.call("askMe", null).stringValue()).isEqualTo("You ask: How are you?");
  }

  @Test
  void theSameCodeServesAndCallsOnBothEnds() throws Exception {
    Objects.requireNonNull(server).onConnection(EitherEnd::serve);
    AGClientSocket created = connect();
    EitherEnd.serve(created);

    assertThat(EitherEnd.quadruple(created, 3)).isEqualTo(12);
    String id = Objects.requireNonNull(created.id());
    AGServerSocket itsPeer = Objects.requireNonNull(server).clients().get(id);
    assertThat(EitherEnd.quadruple(Objects.requireNonNull(itsPeer), 5)).isEqualTo(20);
  }

  @Test
  void aChannelIsReadByALoopAndByAHandler() throws Exception {
    AGClientSocket created = connect();
    program.loop(created);
    await().until(() -> created.isSubscribed("scores"));
    program.publish(created);

    tells("ada has 3", "bob has 2", "ada: 3", "bob: 2");
  }

  @Test
  void aPrivateChannelWaitsForTheLogin() throws Exception {
    AGClientSocket created = connect();
    assertThat(created.call("echo", 1).asInt()).isEqualTo(1);
    assertThat(program.subscribeAfterLogin(created).state()).isEqualTo(ChannelState.PENDING);
    program.call(created);

    await().until(() -> created.isSubscribed("private/team"));
    Objects.requireNonNull(server)
        .clients()
        .values()
        .forEach(client -> client.kickOut("private/team", "Game over"));
    tells("Game over");
  }

  @Test
  void aBatchArrivesWhole() {
    AGClientSocket created = connect();
    program.batch(created);
    await().until(() -> arrived.size() == 100);
  }

  @Test
  void theTokenOutlivesTheProgram(@TempDir Path directory) throws Exception {
    AGClientSocket first = ClientSetupProgram.remembering(port(), directory);
    first.call("login", Map.of("username", "ada"));
    String token = Objects.requireNonNull(first.signedAuthToken());
    await().until(() -> Objects.requireNonNull(directory.toFile().list()).length == 1);
    first.disconnect();

    socket = ClientSetupProgram.remembering(port(), directory);
    socket.call("echo", 1);
    assertThat(socket.authState()).isEqualTo(AuthState.AUTHENTICATED);
    assertThat(socket.signedAuthToken()).isEqualTo(token);
  }

  @Test
  void aTokenFromElsewhereLogsIn() throws Exception {
    AGClientSocket created = connect();
    String token = Objects.requireNonNull(server).auth().signToken(Map.of("username", "ada"));
    AuthStatus status = ClientSetupProgram.logIn(created, token);

    assertThat(status.isAuthenticated()).isTrue();
    assertThat(Objects.requireNonNull(created.authToken()).path("username").asString())
        .isEqualTo("ada");
  }

  @Test
  void anOldServerIsSpokenToInVersionOne() throws Exception {
    socket = SocketClusterClient.create(ClientSetupProgram.versionOne(port()));
    assertThat(socket.call("echo", "hello").stringValue()).isEqualTo("hello");
  }

  @Test
  void aServerWithMessagePackIsSpokenToInMessagePack() throws Exception {
    AGServer other = OldClientsProgram.start(0);
    try {
      other.onConnection(
          socket -> socket.procedure("echo").consume(request -> request.end(request.data())));
      socket = SocketClusterClient.create(ClientSetupProgram.messagePack(other.port()));
      assertThat(socket.call("echo", "hello").stringValue()).isEqualTo("hello");
      socket.disconnect();
    } finally {
      other.close().join();
    }
  }

  @Test
  void certificatesAreReadFromTheNamedFile(@TempDir Path directory) {
    assertThatThrownBy(() -> ClientSetupProgram.encrypted(directory.resolve("none.pem")))
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining("none.pem");
  }

  @Test
  void theOptionsSayWhatIsMeant() {
    assertThat(ClientSetupProgram.soonBack().autoReconnectOptions().maxDelay())
        .isEqualTo(Duration.ofSeconds(30));
    AGClientOptions proxied = ClientSetupProgram.throughAProxy("a secret");
    assertThat(proxied.port()).isEqualTo(443);
    assertThat(Objects.requireNonNull(proxied.proxy()).toString()).doesNotContain("a secret");
  }
}
