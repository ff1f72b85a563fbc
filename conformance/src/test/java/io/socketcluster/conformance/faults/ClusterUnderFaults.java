// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.faults;

import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.testkit.BrokerProcess;
import io.socketcluster.conformance.faults.TrafficLedger.Verdict;
import io.socketcluster.testkit.TcpRelay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Three servers on one broker, one of them over a cable that can be cut, and their clients. */
final class ClusterUnderFaults implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Plan plan;
  private final BrokerProcess broker;
  private final TcpRelay cable;
  private final List<ServerProcess> servers = new ArrayList<>();
  private final Traffic traffic;

  /**
   * @param scheme what the URL of the broker begins with
   */
  ClusterUnderFaults(Plan plan, String scheme, BrokerProcess broker) throws Exception {
    this.plan = plan;
    this.broker = broker;
    cable = TcpRelay.to(broker.port());
    List<Integer> toBroker = List.of(cable.port(), broker.port(), broker.port());
    for (int port : toBroker) {
      String url = scheme + "://127.0.0.1:" + port;
      servers.add(new ServerProcess(BrokerProcess.freePort(), url, plan.brokerTimeout()));
    }
    servers.forEach(ServerProcess::awaitJoined);
    traffic = new Traffic(plan, servers.stream().map(ServerProcess::port).toList());
  }

  /** Lets each fault happen; returns what was lost by them. */
  Verdict run() throws Exception {
    traffic.begin();
    calm();
    for (int round = 0; round < plan.rounds(); round++) {
      brokerDies();
      calm();
      linkIsCut();
      calm();
      serverDies();
      calm();
      brokerStops();
      calm();
    }
    return traffic.end();
  }

  private void calm() throws InterruptedException {
    long before = traffic.verdict().acknowledged();
    TimeUnit.MILLISECONDS.sleep(plan.calm().toMillis());
    eventually("publishes are confirmed", () -> traffic.verdict().acknowledged() > before + 30);
  }

  private static void eventually(String what, BooleanSupplier condition) {
    await(what).atMost(PATIENCE).until(condition::getAsBoolean);
  }

  /** The clients of a server were told the beginning of a gap and its end. */
  private void awaitGapAt(int server, int toldBefore) {
    eventually("the gap is announced", () -> traffic.gapsOf(server) >= toldBefore + 2);
  }

  private void brokerDies() {
    int told = traffic.gapsOf(1);
    long failed = traffic.failures();
    int toldOverTheCable = traffic.gapsOf(0);
    broker.kill();
    eventually("publishes fail", () -> traffic.failures() > failed);
    broker.restart();
    awaitGapAt(1, told);
    awaitGapAt(0, toldOverTheCable);
  }

  private void linkIsCut() throws InterruptedException {
    int told = traffic.gapsOf(0);
    cable.cut();
    TimeUnit.MILLISECONDS.sleep(plan.stop().toMillis());
    eventually("the cut is noticed", () -> traffic.gapsOf(0) > told);
    cable.heal();
    awaitGapAt(0, told);
  }

  private void serverDies() {
    servers.getLast().kill();
    servers.getLast().restart();
  }

  private void brokerStops() throws InterruptedException {
    int told = traffic.gapsOf(1);
    broker.suspend();
    TimeUnit.MILLISECONDS.sleep(plan.stop().toMillis());
    eventually("the stop is noticed", () -> traffic.gapsOf(1) > told);
    broker.resume();
    awaitGapAt(1, told);
  }

  @Override
  public void close() {
    traffic.close();
    servers.forEach(ServerProcess::close);
    cable.close();
    broker.close();
  }
}
