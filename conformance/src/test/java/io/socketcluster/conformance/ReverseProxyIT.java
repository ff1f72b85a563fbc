// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.core.SocketState;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.testkit.RawClient;
import io.socketcluster.testkit.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers behind all proxies that examples/proxies has a configuration for and that are
 * installed. What the examples say of 60 seconds are 5 seconds here.
 */
@Timeout(120)
class ReverseProxyIT {
  private static final Duration PING_INTERVAL = Duration.ofMillis(500);
  private static final int PINGS_BEYOND_THE_PATIENCE = 12;
  private static final int CLIENTS_OF_A_PROXY = 4;

  /** Health checks come every second. */
  private static final Duration UNTIL_PROXIES_KNOW = Duration.ofSeconds(3);

  @TempDir private Path directory;

  private final List<AGServer> servers = new ArrayList<>();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final Map<ReverseProxy, Integer> ports = new EnumMap<>(ReverseProxy.class);

  @BeforeEach
  void start() throws IOException {
    for (int i = 0; i < 2; i++) {
      servers.add(
          TestServers.demo(
              0,
              AGServerOptions.builder()
                  .pingInterval(PING_INTERVAL)
                  .trustedProxies("127.0.0.1")
                  .closeDelay(UNTIL_PROXIES_KNOW)));
    }
    List<ReverseProxy> installed = ReverseProxy.installed(ReverseProxy.Front.HTTP);
    assumeFalse(installed.isEmpty(), "no proxy is installed");
    for (ReverseProxy proxy : installed) {
      start(proxy);
    }
  }

  private void start(ReverseProxy proxy) throws IOException {
    int port = RawServer.freePort();
    ports.put(proxy, port);
    Path own = Files.createDirectory(directory.resolve(proxy.name()));
    ChildProcess process = proxy.start(own, port, servers.stream().map(AGServer::port).toList());
    opened.add(process);
    await().until(() -> process.hasEnded() || isOpen(port));
    assertThat(process.hasEnded()).as(proxy + ": " + process.output()).isFalse();
  }

  private static boolean isOpen(int port) {
    try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return probe.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
    servers.stream().map(AGServer::close).toList().forEach(closed -> closed.join());
  }

  private AGClientSocket connect(int port) {
    AGClientSocket socket =
        SocketClusterClient.create(
            AGClientOptions.builder().hostname("127.0.0.1").port(port).build());
    opened.add(socket::disconnect);
    return socket;
  }

  /** A client with another address than that of the proxies, and with a forged one. */
  private RawClient connectFrom(String address, int port) throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(address), 0);
    RawClient client = RawClient.over(socket);
    opened.add(client);
    client.upgrade("/socketcluster/", "X-Forwarded-For: 203.0.113.9\r\n");
    client.handshake(null);
    return client;
  }

  @Test
  void pingsKeepIdleClientsAndTheirAddressArrives() throws Exception {
    Map<ReverseProxy, RawClient> clients = new EnumMap<>(ReverseProxy.class);
    for (Map.Entry<ReverseProxy, Integer> proxy : ports.entrySet()) {
      clients.put(proxy.getKey(), connectFrom("127.0.0.2", proxy.getValue()));
    }

    clients.forEach(
        (proxy, client) -> {
          await().until(() -> client.pings() >= PINGS_BEYOND_THE_PATIENCE || client.isClosed());
          assertThat(client.isClosed()).as("closed by " + proxy).isFalse();
          assertThat(addressOf(client)).as("told by " + proxy).isEqualTo("/127.0.0.2");
        });
  }

  private String addressOf(RawClient client) {
    return servers.stream()
        .flatMap(server -> server.clients().values().stream())
        .filter(socket -> client.id().equals(socket.id()))
        .map(socket -> String.valueOf(socket.request().clientAddress()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void clientsOfAServerThatDrainsAreAtOnceAtTheOther() {
    Queue<String> aborted = new ConcurrentLinkedQueue<>();
    List<AGClientSocket> clients = new ArrayList<>();
    ports.forEach(
        (proxy, port) -> {
          for (int i = 0; i < CLIENTS_OF_A_PROXY; i++) {
            AGClientSocket client = connect(port);
            client
                .listener(AGClientSocket.CONNECT_ABORT)
                .consume(closed -> aborted.add(proxy + ": " + closed), Runnable::run);
            clients.add(client);
          }
        });
    await().until(() -> clients.stream().allMatch(each -> each.state() == SocketState.OPEN));
    assertThat(servers.getFirst().clientsCount()).isPositive();

    servers.getFirst().close().join();

    await().until(() -> servers.getLast().clientsCount() == clients.size());
    assertThat(aborted).as("attempts that failed, after which a client waits").isEmpty();
  }
}
