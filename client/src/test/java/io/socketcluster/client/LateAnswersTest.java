// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.AuthState;
import io.socketcluster.core.SocketState;
import io.socketcluster.testkit.RawConnection;
import io.socketcluster.testkit.RawServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An answer that comes late does not overrule what the application did after asking. */
@Timeout(120)
class LateAnswersTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String YES = "\"data\":{\"isAuthenticated\":true,\"authError\":null}";
  private static final String NO = "\"data\":{\"isAuthenticated\":false,\"authError\":null}";

  private final RawServer server = RawServer.start();
  private final MemoryAuthEngine store = new MemoryAuthEngine();
  private final AGClientSocket socket =
      SocketClusterClient.create(
          RawOptions.of(server)
              .authEngine(store)
              .authTokenName("token")
              .autoReconnect(false)
              .build());

  private RawConnection connect() {
    socket.connect();
    RawConnection connection = server.acceptOpen();
    await().until(() -> socket.state() == SocketState.OPEN);
    return connection;
  }

  @AfterEach
  void end() {
    socket.disconnect();
    server.close();
  }

  private void expectToken(String token) {
    await().untilAsserted(() -> assertThat(store.loadToken("token")).isEqualTo(token));
    assertThat(socket.signedAuthToken()).isEqualTo(token);
  }

  private void expectNone() throws Exception {
    socket.deauthenticate().get(); // asks the store, after whatever it was asked before
    assertThat(socket.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
    assertThat(store.loadToken("token")).isNull();
  }

  /** Returns when everything that was sent to the client before has been processed. */
  private void processed(RawConnection connection) {
    CompletableFuture<?> barrier = socket.invoke("barrier", null);
    String message = connection.readText();
    while (!message.contains("barrier")) {
      message = connection.readText();
    }
    connection.answer(message, "\"data\":null");
    assertThat(barrier).succeedsWithin(SOON);
  }

  @Test
  void ofTwoLoginsTheLaterCounts() {
    RawConnection connection = connect();
    socket.authenticate("first");
    CompletableFuture<AuthStatus> second = socket.authenticate("second");
    String askedFirst = connection.readText();
    String askedSecond = connection.readText();
    connection.answer(askedFirst, YES);
    connection.answer(askedSecond, YES);

    assertThat(second).succeedsWithin(SOON);
    expectToken("second");
  }

  @Test
  void ofTwoLoginsTheLaterCountsAlsoWhenItIsAnsweredFirst() {
    RawConnection connection = connect();
    CompletableFuture<AuthStatus> first = socket.authenticate("first");
    socket.authenticate("second");
    String askedFirst = connection.readText();
    String askedSecond = connection.readText();
    connection.answer(askedSecond, YES);
    connection.answer(askedFirst, NO);

    assertThat(first).succeedsWithin(SOON).isEqualTo(new AuthStatus(false, null));
    expectToken("second");
  }

  @Test
  void aLateRefusalDoesNotEndALaterLogin() {
    RawConnection connection = connect();
    CompletableFuture<AuthStatus> first = socket.authenticate("first");
    socket.authenticate("second");
    String askedFirst = connection.readText();
    String askedSecond = connection.readText();
    connection.answer(askedSecond, YES);
    connection.answer(
        askedFirst, "\"error\":{\"name\":\"AuthTokenInvalidError\",\"message\":\"no\"}");

    assertThat(first).failsWithin(SOON);
    expectToken("second");
  }

  @Test
  void aLoginThatIsAnsweredAfterALogoutDoesNotCount() throws Exception {
    RawConnection connection = connect();
    CompletableFuture<AuthStatus> login = socket.authenticate("late");
    String asked = connection.readText();
    socket.deauthenticate().get();
    connection.answer(asked, YES);

    assertThat(login).succeedsWithin(SOON).isEqualTo(new AuthStatus(false, null));
    assertThat(socket.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
    expectNone();
  }

  @Test
  void aTokenThatCrossesALogoutDoesNotCount() throws Exception {
    RawConnection connection = connect();
    socket.deauthenticate().get();
    String removal = connection.readText();
    connection.sendText("{\"event\":\"#setAuthToken\",\"data\":{\"token\":\"crossing\"}}");
    connection.answer(removal, "\"data\":null");
    processed(connection);

    assertThat(socket.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
    expectNone();
  }

  @Test
  void aTokenThatComesAfterTheAnswerToALogoutCounts() throws Exception {
    RawConnection connection = connect();
    socket.deauthenticate().get();
    connection.answer(connection.readText(), "\"data\":null");
    connection.sendText("{\"event\":\"#setAuthToken\",\"data\":{\"token\":\"new\"}}");
    processed(connection);

    expectToken("new");
  }

  @Test
  void ofAServerThatAnswersNoLogoutATokenCountsWithTheAnswerOfALaterCall() throws Exception {
    RawConnection connection = connect();
    socket.deauthenticate().get();
    connection.readText();
    CompletableFuture<?> login = socket.invoke("login", null);
    String asked = connection.readText();
    connection.sendText("{\"event\":\"#setAuthToken\",\"data\":{\"token\":\"new\"}}");
    connection.answer(asked, "\"data\":null");

    assertThat(login).succeedsWithin(SOON);
    assertThat(socket.signedAuthToken()).isEqualTo("new");
    expectToken("new");
  }

  @Test
  void ofAServerThatAnswersNoLogoutATokenCountsAfterAWhile() throws Exception {
    RawConnection connection = connect();
    socket.deauthenticate().get();
    connection.readText();
    connection.sendText("{\"event\":\"#setAuthToken\",\"data\":{\"token\":\"new\"}}");

    await().until(() -> "new".equals(socket.signedAuthToken()));
    expectToken("new");
  }

  @Test
  void aKickThatCrossesANewSubscriptionDoesNotEndIt() {
    RawConnection connection = connect();
    socket.subscribe("news");
    connection.answer(connection.readText(), "\"data\":null");
    await().until(() -> socket.isSubscribed("news"));
    socket.unsubscribe("news");
    socket.subscribe("news");
    connection.sendText("{\"event\":\"#kickOut\",\"data\":{\"channel\":\"news\"}}");
    assertThat(connection.readText()).contains("#unsubscribe");
    connection.answer(connection.readText(), "\"data\":null");
    processed(connection);

    assertThat(socket.isSubscribed("news")).isTrue();
  }

  @Test
  void aLoginThatNeverLeftIsTakenBackByALogout() throws Exception {
    socket.connect();
    CompletableFuture<AuthStatus> login = socket.authenticate("never sent");
    socket.deauthenticate().get();
    RawConnection connection = server.acceptOpen();
    socket.transmit("next", null);

    assertThat(connection.readText()).contains("\"next\"");
    assertThat(login).succeedsWithin(SOON).isEqualTo(new AuthStatus(false, null));
    await().untilAsserted(() -> assertThat(socket.getOutboundBufferedBytes()).isZero());
  }

  @Test
  void aLoginBeforeADisconnectLeavesNothingBehind() {
    RawConnection connection = connect();
    CompletableFuture<AuthStatus> login = socket.authenticate("lost");
    String asked = connection.readText();
    socket.disconnect();
    socket.connect();
    RawConnection next = server.acceptOpen();
    next.answer(asked, YES);
    processed(next);

    assertThat(login).failsWithin(SOON);
    assertThat(socket.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
    assertThat(store.loadToken("token")).isNull();
  }
}
