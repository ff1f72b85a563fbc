// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.broker.testkit.BrokerProcess;
import io.socketcluster.conformance.ClusterBrokers;
import io.socketcluster.conformance.Scenario;
import io.socketcluster.conformance.faults.TrafficLedger.Verdict;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A broker that is killed, a link that is cut, a server that is killed and a broker that is
 * stopped, under the traffic of thirty clients: {@code bin/cluster-faults} does the same for
 * longer. Meanwhile somebody looks at who is in a room.
 */
@Timeout(1_800)
class ClusterFaultsIT {
  private static CompletableFuture<Verdict> run(String name, Supplier<BrokerProcess> broker) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (ClusterUnderFaults cluster =
              new ClusterUnderFaults(Plan.asked(), name, broker.get())) {
            Verdict verdict = cluster.run();
            System.out.println("cluster-faults " + name + ": " + verdict);
            return verdict;
          } catch (Exception e) {
            throw new CompletionException(name, e);
          }
        },
        task -> Thread.ofPlatform().start(task));
  }

  private static CompletableFuture<Void> runRoster() {
    return CompletableFuture.runAsync(
        () -> {
          try (RosterUnderFaults roster = new RosterUnderFaults(ClusterBrokers.nats())) {
            roster.run(Scenario.named("roster"));
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        },
        task -> Thread.ofPlatform().start(task));
  }

  /** All at once, for most of the time nothing happens. */
  @Test
  void nothingIsLostOutsideOfAnnouncedGapsAndTheRosterIsRight() throws Exception {
    CompletableFuture<Verdict> nats = run("nats", () -> ClusterBrokers.nats());
    CompletableFuture<Verdict> redis = run("redis", () -> ClusterBrokers.redis());
    CompletableFuture<Void> roster = runRoster();

    assertClean(nats.get(30, TimeUnit.MINUTES));
    assertClean(redis.get(30, TimeUnit.MINUTES));
    roster.get(30, TimeUnit.MINUTES);
  }

  private static void assertClean(Verdict verdict) {
    assertThat(verdict.lost()).isEmpty();
    assertThat(verdict.isClean()).as("%s", verdict).isTrue();
    assertThat(verdict.delivered()).isGreaterThan(verdict.acknowledged());
  }
}
