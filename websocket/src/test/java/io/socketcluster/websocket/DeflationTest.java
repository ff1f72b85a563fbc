// SPDX-License-Identifier: MIT
package io.socketcluster.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.socketcluster.testkit.Deflated;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeflationTest {
  private static final int LIMIT = 100_000;

  private final Deflation deflation =
      new Deflation(1024, ZipPool.deflaters(1), ZipPool.inflaters());
  private final MeasuringAllocator allocator = new MeasuringAllocator();

  /** Remembers the capacities that it has allowed. */
  private static final class MeasuringAllocator extends AbstractByteBufAllocator {
    private final List<Integer> capacities = new ArrayList<>();

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
      capacities.add(maxCapacity);
      return new UnpooledHeapByteBuf(this, initialCapacity, maxCapacity);
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
      throw new UnsupportedOperationException("Inflated messages are kept on the heap");
    }

    @Override
    public boolean isDirectBufferPooled() {
      return false;
    }
  }

  @AfterEach
  void giveBack() {
    deflation.close();
  }

  private byte[] inflate(byte[] content) {
    return deflation.inflate(allocator, content, LIMIT);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 257, 1024, 65_535, 99_999, 100_000})
  void aMessageUpToTheLimitComesBack(int length) {
    byte[] message = "x".repeat(length).getBytes(UTF_8);

    assertThat(inflate(Deflated.bytes(message))).isEqualTo(message);
  }

  @Test
  void whatCannotBeMadeSmallerComesBackToo() {
    byte[] noise = new byte[LIMIT];
    new Random(1).nextBytes(noise);

    assertThat(inflate(Deflated.bytes(noise))).isEqualTo(noise);
    assertThat(deflation.frame(FrameWriter.SERVER, ByteBufAllocator.DEFAULT, noise, true)).isNull();
  }

  @Test
  void aMessagePastTheLimitIsRefusedAndNoMoreIsAllocatedForIt() {
    assertThatThrownBy(() -> inflate(Deflated.bytes(new byte[LIMIT + 1])))
        .satisfies(error -> assertBreaks(error, 1009));
    assertThatThrownBy(() -> inflate(Deflated.bytes(new byte[50_000_000])))
        .satisfies(error -> assertBreaks(error, 1009));

    assertThat(allocator.capacities).isNotEmpty().allMatch(capacity -> capacity == LIMIT);
  }

  @Test
  void whatIsNotCompressedDataIsCorrupt() {
    byte[] noise = "{\"event\":\"plain\"}".getBytes(UTF_8);

    assertThatThrownBy(() -> inflate(noise)).satisfies(error -> assertBreaks(error, 1007));
  }

  @Test
  void aLastBlockMayBeMarkedAsSuchButNothingMayFollow() {
    byte[] marked = Deflated.withFinalBlock("the last");
    assertThat(inflate(marked)).isEqualTo("the last".getBytes(UTF_8));

    byte[] twice = Unpooled.copiedBuffer(marked, marked).array();
    assertThatThrownBy(() -> inflate(twice)).satisfies(error -> assertBreaks(error, 1007));
  }

  private static void assertBreaks(Throwable error, int code) {
    assertThat(error)
        .isInstanceOfSatisfying(
            ProtocolViolation.class, broken -> assertThat(broken.closeCode()).isEqualTo(code));
  }

  @Test
  void aFailureLeavesNothingForTheNextMessage() {
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> inflate(new byte[] {7, 7, 7})).isNotNull();
      assertThat(inflate(Deflated.text("next"))).isEqualTo("next".getBytes(UTF_8));
    }
  }

  @Test
  void manyThreadsCompressAndInflateSideBySide() throws Exception {
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        byte[] message = ("message " + i + " ").repeat(500).getBytes(UTF_8);
        all.add(threads.submit(() -> comesBack(message)));
      }
    }
    for (Future<?> each : all) {
      each.get();
    }
  }

  private void comesBack(byte[] message) {
    ByteBuf frame =
        Objects.requireNonNull(
            deflation.frame(FrameWriter.SERVER, ByteBufAllocator.DEFAULT, message, false));
    frame.skipBytes(frame.getByte(1) == 126 ? 4 : 2);
    byte[] content = ByteBufUtil.getBytes(frame);
    frame.release();
    assertThat(deflation.inflate(ByteBufAllocator.DEFAULT, content, LIMIT)).isEqualTo(message);
  }
}
