// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.MemoryAuthEngine;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Cases against one server, which a subclass chooses. Clients are closed after each of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClientCases {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TOKEN_NAME = "socketcluster.authToken";

  private final CaseServer.Starter starter;
  private final CaseServerOptions serverOptions;
  private final List<AGClientSocket> clients = new ArrayList<>();
  private @Nullable CaseServer server;

  ClientCases(CaseServer.Starter starter, CaseServerOptions serverOptions) {
    this.starter = starter;
    this.serverOptions = serverOptions;
  }

  ClientCases(CaseServer.Starter starter) {
    this(starter, CaseServerOptions.DEFAULTS);
  }

  @BeforeAll
  void startTheServer() {
    server = starter.start(serverOptions);
  }

  @AfterEach
  void closeTheClients() {
    clients.forEach(AGClientSocket::disconnect);
    assertThat(clients).allSatisfy(ClientCases::assertStaysClosed);
    clients.clear();
  }

  @AfterAll
  void closeTheServer() {
    server().close();
  }

  private static void assertStaysClosed(AGClientSocket client) {
    assertThat(client.state()).isEqualTo(SocketState.CLOSED);
    assertThat(client.pendingReconnect()).isFalse();
  }

  /** Starts another server of the same kind; the caller closes it. */
  final CaseServer start(CaseServerOptions options) {
    return starter.start(options);
  }

  final CaseServerOptions serverOptions() {
    return serverOptions;
  }

  final int port() {
    return server().port();
  }

  private CaseServer server() {
    return Objects.requireNonNull(server, "started before all cases");
  }

  final AGClientOptions.Builder options() {
    return options(port());
  }

  static AGClientOptions.Builder options(int port) {
    return AGClientOptions.builder().hostname("127.0.0.1").port(port).authTokenName(TOKEN_NAME);
  }

  /** Creates a client that is connecting. */
  final AGClientSocket create() {
    return create(options());
  }

  final AGClientSocket create(AGClientOptions.Builder options) {
    AGClientSocket client = SocketClusterClient.create(options.build());
    clients.add(client);
    return client;
  }

  /** Creates a client that has a token of this user from an earlier connection. */
  final AGClientSocket createWithTokenOf(String username) {
    return create(options().authEngine(engineWithTokenOf(username)));
  }

  static MemoryAuthEngine engineWithTokenOf(String username) {
    MemoryAuthEngine engine = new MemoryAuthEngine();
    engine.saveToken(TOKEN_NAME, SignedTokens.of(username));
    return engine;
  }

  /** Creates a client that is connected. */
  final AGClientSocket connected() throws InterruptedException {
    return connected(options());
  }

  final AGClientSocket connected(AGClientOptions.Builder options) throws InterruptedException {
    AGClientSocket client = create(options);
    client.listener(AGClientSocket.CONNECT).once(PATIENCE);
    return client;
  }

  /**
   * Creates a client that does not connect before it is told to, so that a log can be there before
   * anything happens.
   */
  final AGClientSocket idle(UnaryOperator<AGClientOptions.Builder> change) {
    return create(change.apply(options().autoConnect(false)));
  }

  final AGClientSocket idle() {
    return idle(options -> options);
  }

  /** Whatever the server did before it answers has arrived when this returns. */
  static void roundTrip(AGClientSocket client) throws InterruptedException {
    assertThat(client.call("echo", "ping").stringValue()).isEqualTo("ping");
  }

  static void logIn(AGClientSocket client, String username) throws InterruptedException {
    client.call("login", Map.of("username", username));
  }

  static <T> T get(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get(PATIENCE.toSeconds(), SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("No result", e);
    }
  }

  /** Returns the error that a future ends with. */
  static AGException failureOf(CompletableFuture<?> future) throws InterruptedException {
    try {
      throw new AssertionError("No failure but " + future.get(PATIENCE.toSeconds(), SECONDS));
    } catch (ExecutionException e) {
      return (AGException) Objects.requireNonNull(e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("No failure", e);
    }
  }

  static <T> T take(StreamConsumer<T> consumer) throws InterruptedException {
    StreamItem<T> item = consumer.next();
    if (item instanceof StreamItem.Value<T> value) {
      return value.value();
    }
    throw new AssertionError("The stream has ended");
  }

  static void awaitThat(Callable<Boolean> condition) {
    await().atMost(PATIENCE).until(condition);
  }
}
