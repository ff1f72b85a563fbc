// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.AuthStatus;
import io.socketcluster.client.MemoryAuthEngine;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.core.AuthState;
import io.socketcluster.core.SocketState;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.SocketCluster;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is under way, a logout ends in being logged out: client, store and server. */
@Timeout(120)
class LogoutTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final AGServer server =
      SocketCluster.create(
          AGServerOptions.builder().authKey("a-key-of-thirty-two-bytes-or-more!").build());
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch allowed = new CountDownLatch(1);
  private final MemoryAuthEngine store = new MemoryAuthEngine();
  private AGClientSocket socket = closed();

  private static AGClientSocket closed() {
    return SocketClusterClient.create(AGClientOptions.builder().autoConnect(false).build());
  }

  @BeforeEach
  void listen() {
    server.onConnection(socket -> serve(socket));
    server.listen(0);
  }

  private void serve(AGServerSocket client) {
    client
        .procedure("login")
        .consume(
            request -> {
              client.setAuthToken(Map.of("username", "ada"));
              request.end();
            });
    client.procedure("ping").consume(request -> request.end());
  }

  @AfterEach
  void close() {
    allowed.countDown();
    socket.disconnect();
    server.close().join();
  }

  private void hold(AGAction.Type type) {
    server.setMiddleware(
        type == AGAction.Type.HANDSHAKE_SC
            ? AGServer.MIDDLEWARE_HANDSHAKE
            : AGServer.MIDDLEWARE_INBOUND,
        AGMiddleware.each(
            action -> {
              if (action.type() == type) {
                asked.countDown();
                allowed.await();
              }
              action.allow();
            }));
  }

  private void create() {
    socket =
        SocketClusterClient.create(
            AGClientOptions.builder()
                .port(server.port())
                .authTokenName("token")
                .authEngine(store)
                .build());
  }

  private void connect() {
    create();
    await().until(() -> socket.state() == SocketState.OPEN);
  }

  private String token(String name) {
    return server.auth().signToken(Map.of("username", name));
  }

  private AGServerSocket remote() {
    await().until(() -> server.clientsCount() == 1);
    return server.clients().values().iterator().next();
  }

  private void expectLoggedOut() throws Exception {
    await().until(() -> socket.state() == SocketState.OPEN);
    socket.call("ping", null); // all that was sent before has been processed
    await().until(() -> remote().authState() == AuthState.UNAUTHENTICATED);
    socket.call("ping", null); // and all that followed from it has arrived
    assertThat(socket.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
    assertThat(socket.signedAuthToken()).isNull();
    assertThat(remote().authState()).isEqualTo(AuthState.UNAUTHENTICATED);
    await().untilAsserted(() -> assertThat(store.loadToken("token")).isNull());
  }

  @Test
  void aLogoutEndsALoginThatTheServerStillDecidesAbout() throws Exception {
    hold(AGAction.Type.AUTHENTICATE);
    connect();
    CompletableFuture<AuthStatus> login = socket.authenticate(token("ada"));
    asked.await();
    socket.deauthenticate().get();
    allowed.countDown();

    assertThat(login).succeedsWithin(SOON).isEqualTo(new AuthStatus(false, null));
    expectLoggedOut();
  }

  @Test
  void aLogoutEndsALoginThatWaitsForTheConnection() throws Exception {
    create();
    CompletableFuture<AuthStatus> login = socket.authenticate(token("ada"));
    socket.deauthenticate().get();

    assertThat(login).succeedsWithin(SOON);
    expectLoggedOut();
  }

  @Test
  void aLogoutEndsAHandshakeWithAToken() throws Exception {
    hold(AGAction.Type.HANDSHAKE_SC);
    store.saveToken("token", token("ada"));
    create();
    asked.await();
    socket.deauthenticate().get();
    allowed.countDown();

    expectLoggedOut();
  }

  @Test
  void aLogoutEndsALoginByTheServerThatIsOnItsWay() throws Exception {
    hold(AGAction.Type.INVOKE);
    connect();
    socket.invoke("ping", null);
    asked.await();
    socket.deauthenticate().get(); // waits behind the ping
    remote().setAuthToken(Map.of("username", "ada"));
    allowed.countDown();

    expectLoggedOut();
  }

  @Test
  void aLoginAfterALogoutCounts() throws Exception {
    connect();
    socket.authenticate(token("ada")).join();
    socket.deauthenticate();
    socket.call("login", null);

    assertThat(socket.authState()).isEqualTo(AuthState.AUTHENTICATED);
    assertThat(socket.authenticate(token("bob")).join().isAuthenticated()).isTrue();
    socket.deauthenticate();
    socket.authenticate(token("eve")).join();
    socket.call("ping", null);
    assertThat(String.valueOf(socket.authToken())).contains("eve");
    assertThat(String.valueOf(remote().authToken())).contains("eve");
  }

  @Test
  void theServersLogoutEndsALoginThatIsBeingDecided() throws Exception {
    hold(AGAction.Type.AUTHENTICATE);
    connect();
    CompletableFuture<AuthStatus> login = socket.authenticate(token("ada"));
    asked.await();
    remote().deauthenticate();
    allowed.countDown();

    assertThat(login).succeedsWithin(SOON).isEqualTo(new AuthStatus(false, null));
    expectLoggedOut();
  }

  @Test
  void aTokenOfTheServersCountsMoreThanALoginThatIsBeingDecided() throws Exception {
    hold(AGAction.Type.AUTHENTICATE);
    connect();
    CompletableFuture<AuthStatus> login = socket.authenticate(token("ada"));
    asked.await();
    remote().setAuthToken(Map.of("username", "given"));
    allowed.countDown();
    login.join();
    socket.call("ping", null);

    assertThat(String.valueOf(remote().authToken())).contains("given");
    assertThat(String.valueOf(socket.authToken())).contains("given");
  }

  @Test
  void aKickEndsASubscriptionThatIsBeingDecided() throws Exception {
    hold(AGAction.Type.SUBSCRIBE);
    connect();
    socket.subscribe("news");
    asked.await();
    remote().kickOut("news", "out");
    allowed.countDown();
    socket.call("ping", null);

    assertThat(remote().isSubscribed("news")).isFalse();
    assertThat(socket.subscriptions(true)).isEmpty();
  }

  @Test
  void unsubscribingEndsASubscriptionThatIsBeingDecided() throws Exception {
    hold(AGAction.Type.SUBSCRIBE);
    connect();
    socket.subscribe("news");
    asked.await();
    socket.unsubscribe("news");
    allowed.countDown();
    socket.call("ping", null);

    assertThat(remote().isSubscribed("news")).isFalse();
    assertThat(socket.subscriptions(true)).isEmpty();
  }
}
