// SPDX-License-Identifier: MIT
package io.socketcluster.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.core.SocketState;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Runs classes of tests as JUnit does, and looks at what they leave. */
class ExtensionLifecycleTest {
  private static final Set<AGServer> SERVERS = ConcurrentHashMap.newKeySet();
  private static final List<AGClientSocket> CLIENTS = new ArrayList<>();

  @BeforeEach
  void forget() {
    SERVERS.clear();
    CLIENTS.clear();
  }

  private static Events testsOf(Class<?> type) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(type))
        .execute()
        .testEvents();
  }

  @Test
  void eachTestHasAServerOfItsOwnThatIsClosed() {
    testsOf(TwoTests.class).assertStatistics(it -> it.succeeded(2));

    assertThat(SERVERS).hasSize(2).noneMatch(AGServer::isServing);
    assertThat(CLIENTS).hasSize(2).allMatch(it -> it.state() == SocketState.CLOSED);
  }

  @Test
  void aServerOfTheClassServesAllItsTests() {
    testsOf(OneServer.class).assertStatistics(it -> it.succeeded(2));

    assertThat(SERVERS).hasSize(1).noneMatch(AGServer::isServing);
  }

  @Test
  void aTestFailsForAnErrorOfAHandlerIfAsked() {
    testsOf(ThrowingHandler.class)
        .assertThatEvents()
        .haveExactly(
            1,
            event(finishedWithFailure(message(it -> it.contains("the bug of the application")))));
  }

  @Test
  void theServerIsThatOfTheApplication() {
    testsOf(OfTheApplication.class).assertStatistics(it -> it.succeeded(1));

    assertThat(SERVERS).hasSize(1).noneMatch(AGServer::isServing);
  }

  @Test
  void aServerThatDoesNotListenYetIsGivenAFreePort() {
    testsOf(OnlyCreated.class).assertStatistics(it -> it.succeeded(1));

    assertThat(SERVERS).hasSize(1).noneMatch(AGServer::isServing);
  }

  @SocketClusterTest
  static class TwoTests {
    @Test
    void first(AGServer agServer, AGClientSocket socket) {
      SERVERS.add(agServer);
      CLIENTS.add(socket);
    }

    @Test
    void second(AGServer agServer, AGClientSocket socket) {
      SERVERS.add(agServer);
      CLIENTS.add(socket);
    }
  }

  @SocketClusterTest
  static class OneServer {
    @BeforeAll
    static void serve(AGServer agServer) {
      SERVERS.add(agServer);
    }

    @Test
    void first(AGServer agServer) {
      SERVERS.add(agServer);
    }

    @Test
    void second(AGServer agServer) {
      SERVERS.add(agServer);
    }
  }

  static class ThrowingHandler {
    @RegisterExtension
    final SocketClusterExtension extension =
        SocketClusterExtension.builder().failOnErrors().build();

    @BeforeEach
    void serve(AGServer agServer) {
      agServer.onConnection(
          socket ->
              socket
                  .procedure("fail")
                  .consume(
                      request -> {
                        throw new IllegalStateException("the bug of the application");
                      }));
    }

    @Test
    void theCallFails(AGClientSocket socket) {
      assertThat(socket.invoke("fail", null)).failsWithin(Duration.ofMinutes(1));
    }
  }

  static class OfTheApplication {
    @RegisterExtension
    final SocketClusterExtension extension =
        SocketClusterExtension.builder()
            .server(
                () -> {
                  AGServer agServer = SocketCluster.listen(0);
                  SERVERS.add(agServer);
                  return agServer;
                })
            .clientOptions(options -> options.ackTimeout(Duration.ofSeconds(7)))
            .build();

    @Test
    void theClientHasTheOptions(AGClientSocket socket) {
      assertThat(socket.ackTimeout()).isEqualTo(Duration.ofSeconds(7));
    }
  }

  static class OnlyCreated {
    @RegisterExtension
    final SocketClusterExtension extension =
        SocketClusterExtension.builder()
            .server(() -> SocketCluster.create(AGServerOptions.DEFAULT))
            .build();

    @Test
    void aClientConnects(AGServer agServer, AGClientSocket socket) {
      SERVERS.add(agServer);
      assertThat(socket.state()).isEqualTo(SocketState.OPEN);
    }
  }
}
