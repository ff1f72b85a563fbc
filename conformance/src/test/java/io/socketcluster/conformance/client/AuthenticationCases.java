// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.AuthEngine;
import io.socketcluster.client.AuthStatus;
import io.socketcluster.client.ClientEvent;
import io.socketcluster.client.MemoryAuthEngine;
import io.socketcluster.core.AuthState;
import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.AuthTokenInvalidError;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.stream.StreamConsumer;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * How a client logs in: with a token of earlier, at the server, or with a token that it is given.
 */
abstract class AuthenticationCases extends ClientCases {
  AuthenticationCases(CaseServer.Starter starter) {
    super(starter);
  }

  /** Keeps no token: it fails. */
  private record FullAuthEngine(AuthEngine engine) implements AuthEngine {
    @Override
    public void saveToken(String name, String signedAuthToken) {
      throw new AGException("FailedToSaveTokenError", "Failed to save token");
    }

    @Override
    public @Nullable String removeToken(String name) throws IOException {
      return engine.removeToken(name);
    }

    @Override
    public @Nullable String loadToken(String name) throws IOException {
      return engine.loadToken(name);
    }
  }

  private static @Nullable String usernameOf(AGClientSocket client) {
    return client.authToken() == null ? null : client.authToken().path("username").asString();
  }

  private static void assertLoggedInAs(String username, AGClientSocket client) {
    assertThat(client.authState()).isEqualTo(AuthState.AUTHENTICATED);
    assertThat(usernameOf(client)).isEqualTo(username);
  }

  private static void assertLoggedOut(AGClientSocket client) {
    assertThat(client.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
    assertThat(client.signedAuthToken()).isNull();
    assertThat(client.authToken()).isNull();
  }

  @Test
  void aHandshakeWithoutATokenBringsNoError() throws InterruptedException {
    ConnectionEvent.Connect event = create().listener(AGClientSocket.CONNECT).once(PATIENCE);

    assertThat(event.isAuthenticated()).isFalse();
    assertThat(event.authError()).isNull();
  }

  @Test
  void aTokenFromAnEarlierConnectionAuthenticatesAtTheHandshake() throws InterruptedException {
    AGClientSocket client = createWithTokenOf("bob");

    ConnectionEvent.Connect event = client.listener(AGClientSocket.CONNECT).once(PATIENCE);

    assertThat(event.isAuthenticated()).isTrue();
    assertThat(event.authError()).isNull();
    assertLoggedInAs("bob", client);
  }

  @Test
  void aTokenThatIsNoLongerValidIsReportedAtTheHandshakeAndForgotten() throws InterruptedException {
    MemoryAuthEngine engine = engineWithTokenOf("bob");
    AGClientSocket client = connected(options().authEngine(engine));
    assertLoggedInAs("bob", client);
    client.call("setAuthKey", "a different key, with which no token was signed yet");
    StreamConsumer<ConnectionEvent.Connect> connects =
        client.listener(AGClientSocket.CONNECT).createConsumer(PATIENCE);
    try {
      client.disconnect();
      client.connect();
      ConnectionEvent.Connect event = take(connects);

      assertThat(event.isAuthenticated()).isFalse();
      assertThat(event.authError()).isInstanceOf(AuthTokenInvalidError.class);
      assertLoggedOut(client);
      awaitThat(() -> engine.loadToken(client.options().authTokenName()) == null);
    } finally {
      client.call("setAuthKey", CaseServer.AUTH_KEY);
    }
  }

  @Test
  void oneUserAfterAnotherIsAnAuthenticationAndNoChangeOfState() throws InterruptedException {
    AGClientSocket client = idle(it -> it.authEngine(engineWithTokenOf("bob")));
    EventLog log =
        new EventLog()
            .of(
                client,
                AGClientSocket.AUTHENTICATE,
                AGClientSocket.DEAUTHENTICATE,
                AGClientSocket.AUTH_STATE_CHANGE);
    client.connect();
    log.await(AGClientSocket.AUTHENTICATE, 1);
    assertLoggedInAs("bob", client);

    logIn(client, "alice");
    log.await(AGClientSocket.AUTHENTICATE, 2);
    roundTrip(client);

    assertThat(log.names()).containsExactly("authStateChange", "authenticate", "authenticate");
    assertLoggedInAs("alice", client);
  }

  @Test
  void aLoginAtTheServerIsToldByTheAuthenticateEvent() throws InterruptedException {
    assertLoginIsTold(port());
  }

  @Test
  void aLoginIsToldAlsoWhenTheServerSignsLater() throws InterruptedException {
    try (CaseServer late = start(CaseServerOptions.DEFAULTS.withLateAuthEngine())) {
      assertLoginIsTold(late.port());
    }
  }

  private void assertLoginIsTold(int port) throws InterruptedException {
    AGClientSocket client = connected(options(port));
    StreamConsumer<ClientEvent.Authenticate> authentications =
        client.listener(AGClientSocket.AUTHENTICATE).createConsumer(PATIENCE);

    logIn(client, "bob");
    ClientEvent.Authenticate event = take(authentications);

    assertThat(event.authToken().path("username").asString()).isEqualTo("bob");
    assertThat(event.signedAuthToken()).isEqualTo(client.signedAuthToken());
    assertLoggedInAs("bob", client);
    client.disconnect();
  }

  @Test
  void whoLoggedInIsAuthenticatedAtTheNextHandshake() throws InterruptedException {
    assertLoginOutlivesTheConnection(port());
  }

  @Test
  void whoLoggedInIsAuthenticatedAtTheNextHandshakeAlsoWhenTheServerVerifiesLater()
      throws InterruptedException {
    try (CaseServer late = start(CaseServerOptions.DEFAULTS.withLateAuthEngine())) {
      assertLoginOutlivesTheConnection(late.port());
    }
  }

  private void assertLoginOutlivesTheConnection(int port) throws InterruptedException {
    AGClientSocket client = connected(options(port));
    StreamConsumer<ClientEvent.Authenticate> authentications =
        client.listener(AGClientSocket.AUTHENTICATE).createConsumer(PATIENCE);
    StreamConsumer<ConnectionEvent.Connect> connects =
        client.listener(AGClientSocket.CONNECT).createConsumer(PATIENCE);
    logIn(client, "bob");
    take(authentications);

    client.disconnect();
    client.connect();

    assertThat(take(connects).isAuthenticated()).isTrue();
    assertLoggedInAs("bob", client);
    client.disconnect();
  }

  @Test
  void connectingWithoutATokenChangesNoState() throws InterruptedException {
    AGClientSocket client = idle();
    EventLog log = new EventLog().of(client, AGClientSocket.AUTH_STATE_CHANGE);
    assertThat(client.authState()).isEqualTo(AuthState.UNAUTHENTICATED);

    client.connect();
    roundTrip(client);

    assertThat(client.authState()).isEqualTo(AuthState.UNAUTHENTICATED);
    assertThat(log.names()).isEmpty();
  }

  @Test
  void aTokenThatCannotBeKeptIsAnErrorOfTheSocketAndAuthenticatesAllTheSame()
      throws InterruptedException {
    AuthEngine full = new FullAuthEngine(engineWithTokenOf("bob"));
    AGClientSocket client = connected(options().authEngine(full));
    assertLoggedInAs("bob", client);
    StreamConsumer<ConnectionEvent.Failure> errors =
        client.listener(AGClientSocket.ERROR).createConsumer(PATIENCE);

    AuthStatus status = get(client.authenticate(SignedTokens.of("kate")));

    assertThat(status).isEqualTo(new AuthStatus(true, null));
    assertLoggedInAs("kate", client);
    assertThat(take(errors).error()).hasToString("FailedToSaveTokenError: Failed to save token");
    roundTrip(client);
  }

  @Test
  void anAuthenticateThatLosesItsConnectionFailsAndLeavesTheSocketAsItWas()
      throws InterruptedException {
    Gate gate = Gate.ofAuthentications();
    AGClientSocket client = connected(gate.hold(options()));

    CompletableFuture<AuthStatus> authenticated = client.authenticate(SignedTokens.of("bob"));
    client.disconnect();

    assertThat(failureOf(authenticated)).isInstanceOf(BadConnectionError.class);
    assertLoggedOut(client);
  }

  @Test
  void theClaimsOfATokenAreDecodedFromItsBase64Url() throws InterruptedException {
    String outsideOfAscii = "Zoë 🦊";
    AGClientSocket client = connected();
    StreamConsumer<ClientEvent.Authenticate> authentications =
        client.listener(AGClientSocket.AUTHENTICATE).createConsumer(PATIENCE);

    logIn(client, outsideOfAscii);
    take(authentications);

    assertLoggedInAs(outsideOfAscii, client);
    assertThat(Objects.requireNonNull(client.signedAuthToken()).split("\\.", -1)).hasSize(3);
  }
}
