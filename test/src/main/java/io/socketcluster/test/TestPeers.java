// SPDX-License-Identifier: MIT
package io.socketcluster.test;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.AutoReconnectOptions;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.core.time.TimeSource;
import io.socketcluster.server.AGServer;
import io.socketcluster.testkit.RawClient;
import io.socketcluster.testkit.RawServer;
import io.socketcluster.testkit.TcpRelay;
import java.lang.reflect.Executable;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import tools.jackson.databind.json.JsonMapper;

/** The peers of a test, or of a class; JUnit closes them in the reverse order of their start. */
final class TestPeers {
  private static final Namespace NAMESPACE = Namespace.create(TestPeers.class);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final AutoReconnectOptions SOON =
      new AutoReconnectOptions(Duration.ofMillis(10), Duration.ZERO, 2, Duration.ofMillis(100));
  private static final String LOOPBACK = "127.0.0.1";

  private final SocketClusterExtension extension;
  private final Executable asking;
  private final ExtensionContext test;
  private final Store store;

  TestPeers(SocketClusterExtension extension, Executable asking, ExtensionContext test) {
    this.asking = asking;
    this.extension = extension;
    this.test = test;
    this.store = test.getStore(NAMESPACE);
  }

  AGServer server() {
    AGServer theirs = extension.sharedServer(test);
    return theirs != null
        ? theirs
        : shared(RunningServer.class, () -> extension.startServer(time())).agServer();
  }

  /** Returns the clock of the test, after making sure that the server goes by it. */
  VirtualClock clock() {
    VirtualClock clock = virtualClock();
    if (server().options().timeSource() != clock) {
      throw new ParameterResolutionException(
          "The server does not go by the VirtualClock: its option timeSource is another. "
              + "See SocketClusterExtension.Builder.timedServer; a server that a @BeforeAll "
              + "method asks for needs a VirtualClock as another parameter of that method");
    }
    return clock;
  }

  private VirtualClock virtualClock() {
    return store.computeIfAbsent(
        VirtualClock.class, ignored -> VirtualClock.create(), VirtualClock.class);
  }

  /** Returns the time of the server and the clients. */
  private TimeSource time() {
    return store.get(VirtualClock.class) != null || asksForClock()
        ? virtualClock()
        : TimeSource.system();
  }

  private boolean asksForClock() {
    return Stream.concat(Stream.of(asking), test.getTestMethod().stream())
        .anyMatch(method -> asksFor(VirtualClock.class, method));
  }

  TcpRelay relay() {
    return shared(TcpRelay.class, () -> TcpRelay.to(server().port()));
  }

  RawServer rawServer() {
    return shared(RawServer.class, RawServer::start);
  }

  RawClient newRawClient(ParameterContext parameter) {
    RawClient client = RawClient.upgraded(port(parameter), server().getPath());
    closeAtTheEnd(client);
    return client;
  }

  AGClientSocket newClient(ParameterContext parameter) {
    TestClient wish = parameter.findAnnotation(TestClient.class).orElse(null);
    boolean isConnected = wish == null || wish.connected();
    String claims = wish == null ? "" : wish.claims();
    boolean toRawServer = isInUse(RawServer.class, parameter);
    int port = toRawServer ? rawServer().port() : port(parameter);
    AGClientSocket socket = SocketClusterClient.create(options(port, claims));
    closeAtTheEnd(socket::disconnect);
    if (isConnected && toRawServer) {
      socket.connect();
    } else if (isConnected) {
      ClientStart.connect(socket);
    }
    return socket;
  }

  private AGClientOptions options(int port, String claims) {
    AGClientOptions.Builder options =
        AGClientOptions.builder()
            .hostname(LOOPBACK)
            .port(port)
            .autoConnect(false)
            .autoReconnectOptions(SOON)
            .timeSource(time());
    if (!claims.isEmpty()) {
      String token = server().auth().signToken(JSON.readTree(claims));
      options.authEngine(new OneToken(token));
    }
    return extension.clientOptions(options).build();
  }

  /** A client of a method with a relay goes through it. */
  private int port(ParameterContext parameter) {
    return isInUse(TcpRelay.class, parameter) ? relay().port() : server().port();
  }

  private boolean isInUse(Class<?> type, ParameterContext parameter) {
    return store.get(type) != null || asksFor(type, parameter.getDeclaringExecutable());
  }

  private static boolean asksFor(Class<?> type, Executable method) {
    return Arrays.asList(method.getParameterTypes()).contains(type);
  }

  /** Returns what this context has, or a context around it; otherwise starts it here. */
  private <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> start) {
    return store.computeIfAbsent(type, ignored -> start.get(), type);
  }

  private void closeAtTheEnd(AutoCloseable resource) {
    store.put(UUID.randomUUID(), resource);
  }
}
