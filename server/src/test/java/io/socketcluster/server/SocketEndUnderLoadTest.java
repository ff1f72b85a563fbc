// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.stream.ConsumableStream;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Hundreds of sockets that live for 0 to 3 seconds on a machine with more to do than it can: each
 * hands over its last messages and its end, however they are consumed, early or late.
 */
class SocketEndUnderLoadTest {
  private static final int SOCKETS = 300;
  private static final int LONGEST_LIFE_MILLIS = 3000;
  private static final int LATE_MILLIS = 400;
  private static final byte[] NORMAL = {0x03, (byte) 0xE8};

  /** How long after the close a consumer may come for certain; later it may find nothing. */
  private static final Duration FIRST_CONSUMERS = Duration.ofSeconds(9);

  private static final Duration LATE_CONSUMERS = Duration.ofMillis(900);

  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final Map<String, Long> closedAt = new ConcurrentHashMap<>();
  private final Queue<Thread> load = new ConcurrentLinkedQueue<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private volatile boolean stopped;

  @BeforeEach
  void begin() {
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      load.add(Thread.ofPlatform().daemon().start(this::keepAProcessorBusy));
    }
  }

  private void keepAProcessorBusy() {
    while (!stopped) {
      Thread.onSpinWait();
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    stopped = true;
    for (Thread thread : load) {
      thread.join();
    }
  }

  /** One way to consume a stream until something has come. */
  private enum Style {
    HANDLER,
    LOOP,
    ONCE,
    FLOW;

    <T> void consume(ConsumableStream<T> stream, Consumer<T> seen) {
      switch (this) {
        case HANDLER -> stream.consume(seen::accept);
        case LOOP -> Thread.startVirtualThread(() -> stream.forEach(seen));
        case ONCE -> Thread.startVirtualThread(() -> once(stream, seen));
        case FLOW -> stream.publisher().subscribe(new Subscriber<>(seen));
      }
    }

    private static <T> void once(ConsumableStream<T> stream, Consumer<T> seen) {
      try {
        seen.accept(stream.once());
      } catch (InterruptedException e) {
        throw new AssertionError("Interrupted", e);
      }
    }
  }

  private record Subscriber<T>(Consumer<T> seen) implements Flow.Subscriber<T> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(T item) {
      seen.accept(item);
    }

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onComplete() {}
  }

  private void consume(AGServerSocket socket) {
    Style style = Style.values()[numbers.getAndIncrement() % Style.values().length];
    style.consume(socket.receiver("bye"), data -> told.add("bye " + socket.id()));
    style.consume(
        socket.listener(AGServerSocket.DISCONNECT), e -> told.add("disconnect " + socket.id()));
    style.consume(socket.listener(AGServerSocket.CLOSE), e -> told.add("close " + socket.id()));
    style.consume(socket.listener(AGServerSocket.END), e -> told.add("end " + socket.id()));
    if (isOver(socket, FIRST_CONSUMERS)) {
      Stream.of("bye ", "disconnect ", "close ", "end ").forEach(e -> told.add(e + socket.id()));
    }
  }

  private void consumeLate(AGServerSocket socket) {
    Style style = Style.values()[numbers.getAndIncrement() % Style.values().length];
    style.consume(socket.listener(AGServerSocket.DISCONNECT), e -> told.add("late " + socket.id()));
    if (isOver(socket, LATE_CONSUMERS)) {
      told.add("late " + socket.id());
    }
  }

  /** A machine may be so busy that what was to come in time does not. */
  private boolean isOver(AGServerSocket socket, Duration time) {
    Long closed = closedAt.get(socket.id());
    return closed != null && System.nanoTime() - closed > time.toNanos();
  }

  @ParameterizedTest
  @EnumSource
  void nothingOfTheEndIsLost(SocketStreamCleanupMode mode) {
    try (ScheduledExecutorService timer = Executors.newScheduledThreadPool(4);
        TestServer test = TestServer.start(options -> options.socketStreamCleanupMode(mode))) {
      test.server().onConnection(socket -> consume(socket));
      test.server()
          .listener(AGServer.CLOSURE)
          .consume(
              event -> {
                closedAt.put(event.socket().id(), System.nanoTime());
                timer.schedule(
                    () -> consumeLate(event.socket()), LATE_MILLIS, TimeUnit.MILLISECONDS);
              },
              Runnable::run);
      for (int i = 0; i < SOCKETS; i++) {
        RawClient client = test.open();
        timer.schedule(
            () -> {
              client.transmit("bye", client.id());
              client.sendFrame(8, NORMAL);
            },
            i * LONGEST_LIFE_MILLIS / SOCKETS,
            TimeUnit.MILLISECONDS);
      }

      await()
          .atMost(Duration.ofMinutes(3))
          .untilAsserted(() -> assertThat(told).hasSize(5 * SOCKETS));
    }
  }
}
