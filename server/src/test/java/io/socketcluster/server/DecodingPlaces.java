// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.socketcluster.protocol.Payload;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** All places in which long values are decoded, taken by values whose constructors wait. */
final class DecodingPlaces implements AutoCloseable {
  private static final int PLACES = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  private static volatile CountDownLatch begun = new CountDownLatch(0);
  private static volatile CountDownLatch freed = new CountDownLatch(0);

  private DecodingPlaces() {}

  /** A value that is decoded for as long as the places are taken. */
  static final class Waiting {
    private Waiting() {}

    @JsonCreator
    static Waiting of(List<Object> values) throws InterruptedException {
      begun.countDown();
      freed.await();
      return new Waiting();
    }
  }

  static DecodingPlaces takeAll() {
    begun = new CountDownLatch(PLACES);
    freed = new CountDownLatch(1);
    byte[] json = ("[0" + ",0".repeat(10_000) + "]").getBytes(UTF_8);
    for (int i = 0; i < PLACES; i++) {
      Thread.startVirtualThread(() -> Payload.ofJson(json, 0, json.length).as(Waiting.class));
    }
    try {
      begun.await();
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted", e);
    }
    return new DecodingPlaces();
  }

  @Override
  public void close() {
    freed.countDown();
  }
}
