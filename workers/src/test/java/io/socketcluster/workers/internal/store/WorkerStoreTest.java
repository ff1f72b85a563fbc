// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.store.Store;
import io.socketcluster.store.StoreOptions;
import io.socketcluster.workers.WorkersOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The store of a worker, and the option of its limits. */
class WorkerStoreTest {
  private static WorkersOptions json(String json) {
    return WorkersOptions.builder().fromJson(json).build();
  }

  @Test
  void aSingleWorkerHasOneStoreInItsMemoryUntilItEnds() {
    WorkerStore of = WorkerStore.of(json("{\"storeOptions\": {\"keyLimit\": 5}}"), null);
    Store store = of.get();
    store.set("a", 1).join();

    assertThat(of.get()).isSameAs(store);
    assertThat(store.options().keyLimit()).isEqualTo(5);
    of.close().join();
    assertThat(store.get("a").exceptionNow()).isInstanceOf(InvalidActionError.class);
    assertThatThrownBy(of::get).isInstanceOf(InvalidActionError.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nats://u:secret@localhost", "tls://localhost", "scc://localhost"})
  void aBrokerWithoutAStoreIsRefusedInWords(String broker) {
    WorkerStore of = WorkerStore.of(WorkersOptions.builder().broker(broker).build(), null);

    assertThatThrownBy(of::get)
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContainingAll(broker.split(":", 2)[0] + "://", "redis+sentinel://")
        .message()
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"byteLimit\": 0} | storeOptions.byteLimit is 0",
        "{\"valueLimit\": 33554433} | storeOptions.valueLimit is 33554433; allowed: 1 to 33554432",
        "{\"timeout\": true} | storeOptions.timeout has another form",
        "{\"keysLimit\": 1} | an object with keyLimit",
        "5 | storeOptions is 5",
      })
  void limitsAreRefusedByTheirNames(String data, String message) {
    assertThatThrownBy(() -> json("{\"storeOptions\": " + data + "}"))
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining(message);
  }

  @Test
  void limitsAreTheSameAsData() {
    StoreOptions limits =
        StoreOptions.builder().byteLimit(1 << 20).timeout(Duration.ofSeconds(3)).build();
    WorkersOptions options = WorkersOptions.builder().storeOptions(limits).build();
    StoreOptions same = json(options.toJson()).storeOptions();

    assertThat(same.byteLimit()).isEqualTo(1 << 20);
    assertThat(same.timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(WorkersOptions.builder().build().storeOptions()).isSameAs(StoreOptions.DEFAULT);
  }
}
