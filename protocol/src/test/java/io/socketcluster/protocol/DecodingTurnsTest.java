// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class DecodingTurnsTest {
  private static final int DECODERS = 2 * Runtime.getRuntime().availableProcessors();

  /** Reads another long value while it is read. */
  static final class Nested {
    private Nested() {}

    @JsonCreator
    static Nested of(List<Object> values) {
      assertThat(longPayload().as(Object.class)).isEqualTo(values);
      return new Nested();
    }
  }

  private static Payload longPayload() {
    String json = "[" + String.join(",", Collections.nCopies(30_000, "{}")) + "]";
    byte[] bytes = json.getBytes(UTF_8);
    return Payload.ofJson(bytes, 0, bytes.length);
  }

  static List<Consumer<Payload>> waysToDecode() {
    return List.of(Payload::node, payload -> payload.as(Object.class));
  }

  @ParameterizedTest
  @MethodSource("waysToDecode")
  void whatDecodesLongValuesWithoutAnEndLetsOthersRun(Consumer<Payload> decoding)
      throws InterruptedException {
    AtomicBoolean stopped = new AtomicBoolean();
    CountDownLatch turns = new CountDownLatch(1);
    CountDownLatch decoders = new CountDownLatch(DECODERS);
    byte[] json = longPayload().toBytes();

    for (int i = 0; i < DECODERS; i++) {
      Thread.startVirtualThread(
          () -> {
            decoders.countDown();
            while (!stopped.get()) {
              decoding.accept(Payload.ofJson(json, 0, json.length));
            }
          });
    }
    Thread.startVirtualThread(turns::countDown);
    try {
      assertThat(turns.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(decoders.await(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      stopped.set(true);
    }
  }

  @Test
  void theTreeOfALongValueIsNotKeptForLongerThanItIsUsed() {
    Payload payload = longPayload();
    JsonNode tree = payload.node();
    WeakReference<JsonNode> use = new WeakReference<>(tree);
    assertThat(payload.node()).isSameAs(tree);
    tree = null;

    await()
        .until(
            () -> {
              System.gc();
              return use.get() == null;
            });
    assertThat(payload.node()).hasSize(30_000);
  }

  @Test
  void aLongValueInsideOfALongValueNeedsNoTurnOfItsOwn() {
    CompletableFuture<Nested> read = new CompletableFuture<>();

    Thread.startVirtualThread(() -> read.complete(longPayload().as(Nested.class)));

    assertThat(read).succeedsWithin(30, TimeUnit.SECONDS);
  }
}
