// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.BrokerEvent;
import io.socketcluster.broker.cluster.ClusterOptions;
import io.socketcluster.broker.testkit.Recorder;
import io.socketcluster.protocol.Payload;
import io.socketcluster.stream.StreamConsumer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Two engines at the same servers, of which one subscribes and the other publishes. */
final class JoinedPair implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ClusterOptions QUICK =
      ClusterOptions.DEFAULT
          .withTimeout(Duration.ofSeconds(2))
          .withMaxReconnectDelay(Duration.ofMillis(200));

  private final AGBrokerEngine here;
  private final AGBrokerEngine there;

  JoinedPair(String url) {
    here = RedisBroker.at(url).limits(QUICK).build();
    there = RedisBroker.at(url).limits(QUICK).build();
    awaitReady();
  }

  void awaitReady() {
    await().atMost(PATIENCE).until(() -> here.isReady() && there.isReady());
  }

  StreamConsumer<BrokerEvent.Gap> gaps() {
    return here.listener(BrokerEvent.GAP).createConsumer(PATIENCE);
  }

  /** Subscribes here, and waits until something from there arrives. */
  Recorder joined(String channel) throws Exception {
    Recorder recorder = new Recorder();
    here.subscribe(recorder, channel).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    awaitDelivery(recorder, channel);
    return recorder;
  }

  /** Publishes until it arrives: a publish may fail while the servers change. */
  void awaitDelivery(Recorder recorder, String channel) {
    int before = recorder.json().size();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              there.transmitPublish(channel, Payload.of("x"));
              return recorder.json().size() > before;
            });
  }

  @Override
  public void close() {
    here.close().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    there.close().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }
}
