// SPDX-License-Identifier: MIT
package io.socketcluster.broker.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.broker.cluster.Outbox.Publish;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.BrokerError;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OutboxTest {
  private final Outbox outbox = new Outbox(3, 10_000);

  private CompletableFuture<Void> add(String text) {
    return outbox.add(new ClusterMessage("news", Payload.of(text)));
  }

  private static List<String> texts(List<Publish> batch) {
    return batch.stream().map(each -> String.valueOf(each.message().data())).toList();
  }

  private static void assertRefused(CompletableFuture<Void> future, String reason) {
    assertThatThrownBy(future::get)
        .hasCauseInstanceOf(BrokerError.class)
        .hasMessageContaining(reason);
  }

  @Test
  void acceptsNothingBeforeThereIsAConnection() {
    assertRefused(add("early"), "no connection");
  }

  @Test
  void handsOutTogetherWhatHasGatheredInItsOrder() throws Exception {
    outbox.open();
    add("a");
    add("b");

    assertThat(texts(outbox.take())).containsExactly("\"a\"", "\"b\"");
  }

  @Test
  void isBoundedInNumber() throws Exception {
    outbox.open();
    add("a");
    add("b");
    add("c");
    assertRefused(add("d"), "too slow");

    outbox.take();

    assertThat(add("e")).isNotDone();
  }

  @Test
  void isBoundedInBytesButTakesOneMessageOfAnySize() throws Exception {
    outbox.open();
    CompletableFuture<Void> large = add("x".repeat(20_000));
    assertThat(large).isNotDone();
    assertRefused(add("b"), "too slow");

    assertThat(outbox.take()).hasSize(1);
    assertThat(add("c")).isNotDone();
  }

  @Test
  void failsWhatWaitsWhenTheConnectionIsLost() throws Exception {
    outbox.open();
    CompletableFuture<Void> waiting = add("a");

    outbox.close(new BrokerError("lost"));

    assertRefused(waiting, "lost");
    assertThat(outbox.take()).isEmpty();
    outbox.open();
    assertThat(add("b")).isNotDone();
  }

  @Test
  void handsOutTheRestAfterItsEnd() throws Exception {
    outbox.open();
    add("a");

    outbox.end();

    assertRefused(add("late"), "no connection");
    assertThat(texts(outbox.take())).containsExactly("\"a\"");
    assertThat(outbox.take()).isEmpty();
  }
}
