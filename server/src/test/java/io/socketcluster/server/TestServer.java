// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.awaitility.Awaitility.await;

import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A server on a free port, with the clients that a test connects to it. */
@SuppressWarnings("exports") // tests are in the module, the testkit is not
public final class TestServer implements AutoCloseable {
  /** A key of the length that is asked for. */
  public static final String KEY = "a-key-of-thirty-two-bytes-or-more!";

  /** Some tests leave a call without an answer, which a closing server waits for. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final AGServer server;
  private final Queue<RawClient> clients = new ConcurrentLinkedQueue<>();

  private TestServer(AGServer server) {
    this.server = server;
  }

  public static TestServer start() {
    return start(options -> options);
  }

  public static TestServer start(UnaryOperator<AGServerOptions.Builder> options) {
    return start(options, server -> {});
  }

  /** Starts a server after {@code setUp} has registered what it wants to. */
  public static TestServer start(
      UnaryOperator<AGServerOptions.Builder> options, Consumer<AGServer> setUp) {
    return start(options, setUp, 0);
  }

  /** Starts a server on a port. */
  public static TestServer start(UnaryOperator<AGServerOptions.Builder> options, int port) {
    return start(options, server -> {}, port);
  }

  private static TestServer start(
      UnaryOperator<AGServerOptions.Builder> options, Consumer<AGServer> setUp, int port) {
    AGServer server =
        SocketCluster.create(
            options
                .apply(
                    AGServerOptions.builder()
                        .authKey(KEY)
                        .eventLoops(2)
                        .closeTimeout(CLOSE_TIMEOUT))
                .build());
    setUp.accept(server);
    server.listen(port);
    return new TestServer(server);
  }

  public AGServer server() {
    return server;
  }

  public int port() {
    return server.port();
  }

  /** Connects a client that has completed its handshake. */
  public RawClient open() {
    return open(null);
  }

  public RawClient open(@Nullable String token) {
    RawClient client = upgraded();
    client.handshake(token);
    return client;
  }

  /** Connects a client to an endpoint; it has completed its handshake. */
  public RawClient openAt(String path) {
    RawClient client = RawClient.upgraded(port(), path);
    clients.add(client);
    client.handshake(null);
    return client;
  }

  /** Connects a client that has not sent its handshake. */
  public RawClient upgraded() {
    RawClient client = RawClient.upgraded(port(), server.getPath());
    clients.add(client);
    return client;
  }

  /** Connects without an upgrade. */
  public RawClient tcp() {
    RawClient client = RawClient.tcp(port());
    clients.add(client);
    return client;
  }

  /** Returns the server's end of a client. */
  public AGServerSocket socketOf(RawClient client) {
    await().until(() -> server.clients().containsKey(client.id()));
    return Objects.requireNonNull(server.clients().get(client.id()), "closed already");
  }

  @Override
  public void close() {
    server.close().orTimeout(60, TimeUnit.SECONDS).join();
    clients.forEach(RawClient::close);
  }
}
