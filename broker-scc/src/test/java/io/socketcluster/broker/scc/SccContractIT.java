// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.testkit.BrokerEngineContract;
import io.socketcluster.broker.testkit.BrokerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** The contract, with two real brokers in each cluster. */
class SccContractIT extends BrokerEngineContract {
  private static final List<Lease> CLUSTERS = new ArrayList<>();

  /** A cluster that engines of one name have for themselves; when all are closed, another name. */
  private static final class Lease {
    final Cluster cluster = Cluster.start();
    final List<BrokerProcess> brokers =
        List.of(NodeBrokers.start(cluster), NodeBrokers.start(cluster));
    final List<AGBrokerEngine> engines = new ArrayList<>();
    String name = "";

    AGBrokerEngine engine() {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> cluster.state().brokers().size() == brokers.size());
      AGBrokerEngine engine = cluster.engine();
      engines.add(engine);
      return engine;
    }

    /** An engine that a test was given was ready, and is so until it is closed. */
    boolean isFree() {
      return engines.stream().noneMatch(AGBrokerEngine::isReady);
    }
  }

  @Override
  protected AGBrokerEngine createEngine(String name) {
    Lease lease =
        CLUSTERS.stream()
            .filter(each -> each.name.equals(name))
            .findFirst()
            .or(() -> CLUSTERS.stream().filter(Lease::isFree).findFirst())
            .orElseGet(SccContractIT::added);
    lease.name = name;
    return lease.engine();
  }

  private static Lease added() {
    Lease lease = new Lease();
    CLUSTERS.add(lease);
    return lease;
  }

  @AfterAll
  static void stop() {
    for (Lease each : CLUSTERS) {
      each.brokers.forEach(BrokerProcess::close);
      each.cluster.close();
    }
  }

  @Override
  protected boolean joinsEngines() {
    return true;
  }
}
