// SPDX-License-Identifier: MIT
package io.socketcluster.examples.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGServer;
import io.socketcluster.test.SocketClusterExtension;
import io.socketcluster.testkit.TcpRelay;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LivePricesTest {
  private static final String ACME = "price/ACME";

  @RegisterExtension
  final SocketClusterExtension extension =
      SocketClusterExtension.builder().server(LivePrices::create).build();

  @Test
  void pricesGoOnAndOn(AGClientSocket socket) {
    AtomicLong tick = new AtomicLong();
    socket.subscribe(ACME).consume(price -> tick.set(price.path("tick").asLong()));
    await().until(() -> tick.get() > 0);
    long first = tick.get();

    await().until(() -> tick.get() > first + 2);
  }

  @Test
  void aReaderThatWasTooSlowStaysConnectedAndGoesOnWithTheNewest(
      AGServer server, AGClientSocket socket, TcpRelay relay) {
    AtomicLong last = new AtomicLong();
    AtomicLong skipped = new AtomicLong();
    socket
        .subscribe(ACME)
        .consume(
            price -> {
              long tick = price.path("tick").asLong(Long.MAX_VALUE);
              skipped.addAndGet(Math.max(0, tick - last.getAndSet(tick) - 1));
            });
    await().until(() -> last.get() > 0);
    String id = socket.id();
    skipped.set(0);

    relay.pause();
    flood(server);
    relay.resume();

    await().until(() -> skipped.get() > 0);
    long then = last.get();
    await().until(() -> last.get() != then); // the ticks of the flood are higher
    assertThat(socket.id()).isEqualTo(id);
  }

  @Test
  void onlyTheServerTellsPrices(AGClientSocket socket) {
    assertThatThrownBy(() -> socket.invokePublish(ACME, Map.of("cents", 1)).join())
        .hasCauseInstanceOf(AGException.class);
  }

  /** More than the line, the system and the server keep for a reader that does not read. */
  private static void flood(AGServer server) {
    String wide = "x".repeat(16_000);
    for (int i = 0; i < 1_000; i++) {
      server.exchange().transmitPublish(ACME, Map.of("cents", 1, "tick", i, "wide", wide));
    }
  }
}
