// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.faults;

import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.nats.NatsBroker;
import io.socketcluster.broker.testkit.BrokerProcess;
import io.socketcluster.conformance.Scenario;
import io.socketcluster.conformance.ScenarioRun;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.server.channels.ChannelPolicy;
import io.socketcluster.testkit.TcpRelay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The roster of a room on three servers, of which the third is lost with its machine. */
final class RosterUnderFaults implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final BrokerProcess broker;
  private final TcpRelay cable;
  private final List<AGServer> servers = new ArrayList<>();

  RosterUnderFaults(BrokerProcess broker) {
    this.broker = broker;
    this.cable = TcpRelay.to(broker.port());
    for (int port : List.of(broker.port(), broker.port(), cable.port())) {
      servers.add(server(port));
    }
    await().atMost(PATIENCE).until(() -> servers.stream().allMatch(AGServer::isReady));
  }

  private static AGServer server(int brokerPort) {
    AGBrokerEngine engine = NatsBroker.at("nats://127.0.0.1:" + brokerPort).build();
    AGServer server = SocketCluster.create(AGServerOptions.builder().brokerEngine(engine).build());
    server
        .channels()
        .policy("room/*", ChannelPolicy.builder().historySize(0).presenceClaim("username").build());
    server.onConnection(socket -> serve(server, socket));
    server.listen(0);
    return server;
  }

  private static void serve(AGServer server, AGServerSocket socket) {
    socket.procedure("isReady").consume(request -> request.end(server.isReady()));
    socket
        .procedure("logIn", String.class)
        .consume(
            request -> {
              socket.setAuthToken(Map.of("username", request.data()));
              request.end();
            });
  }

  /** Lets the broker be lost for a while, and the third server for ever. */
  void run(Scenario scenario) {
    try (ScenarioRun run =
        scenario
            .with("second", servers.get(1).port())
            .with("third", servers.get(2).port())
            .start(servers.getFirst().port())) {
      run.await("READY_FOR_OUTAGE");
      broker.kill();
      run.await("READY_FOR_RETURN");
      broker.restart();
      run.await("READY_FOR_KILL");
      cable.cut(); // the others hear no farewell
      close(servers.removeLast());
      run.awaitSuccess();
    }
  }

  private static void close(AGServer server) {
    server.close().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    server.brokerEngine().close().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    servers.forEach(RosterUnderFaults::close);
    cable.close();
    broker.close();
  }
}
