// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.AuthStatus;
import io.socketcluster.client.ClientEvent;
import io.socketcluster.core.AGChannel;
import io.socketcluster.core.AuthState;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.core.ChannelOptions;
import io.socketcluster.core.ChannelState;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.errors.AuthTokenInvalidError;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a client makes of the authentication state, and of channels that wait for it. */
abstract class AuthStateCases extends ClientCases {
  private static final String LOGIN = "unauthenticated->authenticated";
  private static final String LOGOUT = "authenticated->unauthenticated";
  private static final ChannelOptions WAIT_FOR_AUTH = ChannelOptions.DEFAULT.withWaitForAuth();

  AuthStateCases(CaseServer.Starter starter) {
    super(starter);
  }

  /** A client that has not connected yet, and the log of what becomes of its authentication. */
  private record Watched(AGClientSocket client, EventLog log) {
    static Watched of(AGClientSocket client) {
      EventLog log =
          new EventLog()
              .of(
                  client,
                  AGClientSocket.CONNECT,
                  AGClientSocket.AUTH_STATE_CHANGE,
                  AGClientSocket.AUTHENTICATE,
                  AGClientSocket.DEAUTHENTICATE,
                  AGClientSocket.SUBSCRIBE_REQUEST,
                  AGClientSocket.SUBSCRIBE,
                  AGClientSocket.SUBSCRIBE_FAIL);
      return new Watched(client, log);
    }

    Watched connect() {
      client.connect();
      log.await(AGClientSocket.CONNECT, 1);
      return this;
    }

    void assertChanges(String... expected) {
      assertThat(
              log.of(
                  ClientEvent.AuthStateChange.class,
                  change -> change.oldAuthState().value() + "->" + change.newAuthState().value()))
          .containsExactly(expected);
    }
  }

  private Watched withoutToken() {
    return Watched.of(idle());
  }

  private Watched withTokenOf(String username) {
    return withTokenOf(username, options -> options);
  }

  private Watched withTokenOf(String username, UnaryOperator<AGClientOptions.Builder> change) {
    return Watched.of(
        idle(options -> change.apply(options.authEngine(engineWithTokenOf(username)))));
  }

  private static AGChannel<JsonNode> subscribeOnceLoggedIn(AGClientSocket client, String channel) {
    return client.subscribe(channel, WAIT_FOR_AUTH, JsonNode.class);
  }

  @Test
  void aDisconnectedSocketStaysLoggedInAndIsStillSoAfterAnAuthenticateThatConnectsIt()
      throws InterruptedException {
    Watched watched = withoutToken().connect();
    AGClientSocket client = watched.client();
    assertThat(client.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
    logIn(client, "bob");
    watched.log().await(AGClientSocket.AUTHENTICATE, 1);
    assertThat(client.authState()).isEqualTo(AuthState.AUTHENTICATED);

    client.disconnect();
    assertThat(client.authState()).isEqualTo(AuthState.AUTHENTICATED);
    get(client.authenticate(Objects.requireNonNull(client.signedAuthToken())));

    assertThat(client.state()).isEqualTo(SocketState.OPEN);
    assertThat(client.authState()).isEqualTo(AuthState.AUTHENTICATED);
    watched.assertChanges(LOGIN);
  }

  @Test
  void aLogoutTakesEffectAtOnceConnectedOrNot() throws InterruptedException {
    Watched watched = withTokenOf("bob").connect();
    AGClientSocket client = watched.client();
    assertThat(client.authState()).isEqualTo(AuthState.AUTHENTICATED);

    CompletableFuture<Void> loggedOut = client.deauthenticate();
    assertThat(client.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
    get(loggedOut);
    get(client.authenticate(SignedTokens.of("bob")));
    assertThat(client.authState()).isEqualTo(AuthState.AUTHENTICATED);

    client.disconnect();
    assertThat(client.authState()).isEqualTo(AuthState.AUTHENTICATED);
    get(client.deauthenticate());
    assertThat(client.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
    assertThat(client.state()).isEqualTo(SocketState.CLOSED);
    watched.assertChanges(LOGIN, LOGOUT, LOGIN, LOGOUT);
  }

  @Test
  void aTokenThatTheServerRefusesLogsOut() throws InterruptedException {
    Watched watched = withTokenOf("bob").connect();
    AGClientSocket client = watched.client();
    assertThat(client.authState()).isEqualTo(AuthState.AUTHENTICATED);

    CompletableFuture<AuthStatus> refused = client.authenticate(SignedTokens.forged("bob"));

    assertThat(failureOf(refused)).isInstanceOf(AuthTokenInvalidError.class);
    assertThat(client.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
    watched.assertChanges(LOGIN, LOGOUT);
  }

  @Test
  void authenticatingAsAnotherUserIsNoChangeOfState() throws InterruptedException {
    Watched watched = withTokenOf("bob").connect();
    AGClientSocket client = watched.client();
    String bob = client.signedAuthToken();
    String kate = SignedTokens.of("kate");

    get(client.authenticate(kate));

    assertThat(Objects.requireNonNull(client.authToken()).path("username").asString())
        .isEqualTo("kate");
    assertThat(client.authState()).isEqualTo(AuthState.AUTHENTICATED);
    watched.assertChanges(LOGIN);
    assertThat(
            watched
                .log()
                .of(ClientEvent.Authenticate.class, ClientEvent.Authenticate::signedAuthToken))
        .containsExactly(bob, kate);
    assertThat(watched.log().names()).doesNotContain("deauthenticate");
  }

  @Test
  void aChannelThatWaitsForAuthIsSubscribedOnceTheSocketIsLoggedIn() throws InterruptedException {
    Watched watched = withoutToken();
    AGClientSocket client = watched.client();
    AGChannel<JsonNode> channel = subscribeOnceLoggedIn(client, "priv");
    watched.connect();
    roundTrip(client);
    assertThat(channel.state()).isEqualTo(ChannelState.PENDING);
    assertThat(watched.log().names()).doesNotContain("subscribeRequest");

    logIn(client, "bob");
    watched.log().await(AGClientSocket.SUBSCRIBE, 1);
    assertThat(channel.state()).isEqualTo(ChannelState.SUBSCRIBED);
    assertThat(client.authState()).isEqualTo(AuthState.AUTHENTICATED);

    client.disconnect();
    assertThat(channel.state()).isEqualTo(ChannelState.PENDING);
    get(client.authenticate(SignedTokens.of("bob")));
    watched.log().await(AGClientSocket.SUBSCRIBE, 2);
    assertThat(channel.state()).isEqualTo(ChannelState.SUBSCRIBED);
  }

  @Test
  void subscriptionsGoBeforeAnAuthenticateThatWaitedForTheConnection() throws InterruptedException {
    Gate gate = Gate.ofHandshakes();
    Watched watched = withTokenOf("bob", gate::hold);
    AGClientSocket client = watched.client();
    CompletableFuture<AuthStatus> refused = client.authenticate(SignedTokens.forged("bob"));
    AGChannel<JsonNode> channel = subscribeOnceLoggedIn(client, "priv");
    assertThat(channel.state()).isEqualTo(ChannelState.PENDING);
    gate.open(connected());

    assertThat(failureOf(refused)).isInstanceOf(AuthTokenInvalidError.class);
    AGChannel<JsonNode> second = subscribeOnceLoggedIn(client, "priv2");
    roundTrip(client);

    assertThat(watched.log().names())
        .containsSubsequence("connect", "subscribe", "authStateChange", "deauthenticate")
        .doesNotContain("subscribeFail");
    assertThat(watched.log().of(ChannelEvent.Subscribe.class, ChannelEvent.Subscribe::channel))
        .containsExactly("priv");
    assertThat(
            watched
                .log()
                .of(ClientEvent.Deauthenticate.class, ClientEvent.Deauthenticate::oldAuthToken))
        .singleElement()
        .satisfies(claims -> assertThat(claims.path("username").asString()).isEqualTo("bob"));
    assertThat(channel.state()).isEqualTo(ChannelState.SUBSCRIBED);
    assertThat(second.state()).isEqualTo(ChannelState.PENDING);
    assertThat(client.authToken()).isNull();
    watched.assertChanges(LOGIN, LOGOUT);
  }
}
