// SPDX-License-Identifier: MIT
package io.socketcluster.broker.testkit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socketcluster.broker.AGBrokerEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/**
 * The rules of {@link AGBrokerEngine} as JUnit tests. Whoever writes an engine extends this class:
 *
 * <pre>{@code
 * class MyEngineTest extends BrokerEngineContract {
 *   @Override
 *   protected AGBrokerEngine createEngine(String cluster) {
 *     return new MyEngine(options.prefix(cluster));
 *   }
 *
 *   @Override
 *   protected boolean joinsEngines() {
 *     return true;
 *   }
 * }
 * }</pre>
 *
 * <p>Every test has engines of its own, which are closed after it. Tests of clusters are skipped
 * for an engine that joins none.
 */
public abstract class BrokerEngineContract
    implements SubscriptionRules, DeliveryRules, ConcurrencyRules, LifecycleRules, ClusterRules {
  private final String cluster = UUID.randomUUID().toString();
  private final List<AGBrokerEngine> created = new ArrayList<>();
  private @Nullable AGBrokerEngine first;

  /** For those who extend it. */
  protected BrokerEngineContract() {}

  /**
   * Creates an engine.
   *
   * @param cluster engines with the same name exchange messages, if they {@linkplain #joinsEngines
   *     join}; engines with different names never do
   */
  protected abstract AGBrokerEngine createEngine(String cluster);

  /** Returns whether engines exchange messages with others; false if not overridden. */
  protected boolean joinsEngines() {
    return false;
  }

  /** Returns how long anything may take that is waited for: 10 seconds if not overridden. */
  @Override
  public Duration patience() {
    return Duration.ofSeconds(10);
  }

  /** Returns how many bytes the biggest payload has: 500,000 if not overridden. */
  @Override
  public int biggestPayload() {
    return 500_000;
  }

  @Override
  public final AGBrokerEngine engine() {
    AGBrokerEngine known = first;
    if (known == null) {
      known = ready(createEngine(cluster));
      first = known;
    }
    return known;
  }

  @Override
  public final AGBrokerEngine peer() {
    assumeTrue(joinsEngines(), "The engine joins no others");
    engine();
    return ready(createEngine(cluster));
  }

  @Override
  public final AGBrokerEngine stranger() {
    return ready(createEngine(UUID.randomUUID().toString()));
  }

  private AGBrokerEngine ready(AGBrokerEngine engine) {
    created.add(engine);
    await("isReady()").atMost(patience()).until(engine::isReady);
    return engine;
  }

  /** Closes the engines of the test. */
  @AfterEach
  final void closeEngines() throws Exception {
    for (AGBrokerEngine engine : created) {
      engine.close().get(patience().toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
