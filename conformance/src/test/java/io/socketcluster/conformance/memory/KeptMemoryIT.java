// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.memory;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.conformance.ChildProcess;
import io.socketcluster.conformance.memory.Attack.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server with a small heap, a hundred honest clients, and a few that fill what it keeps. */
@Timeout(120)
class KeptMemoryIT {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration ATTACK = Duration.ofSeconds(2);
  private static final int HONEST = 100;
  private static final int CALL_EVERY_MILLIS = 200;

  private static final List<AGClientSocket> CLIENTS = new ArrayList<>();
  private static final Queue<Throwable> FAILURES = new ConcurrentLinkedQueue<>();
  private static final AtomicLong ANSWERS = new AtomicLong();
  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor();
  private static final ChildProcess SERVER =
      ChildProcess.start(
          Path.of("."),
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx128m",
              "-XX:+ExitOnOutOfMemoryError",
              "-cp",
              System.getProperty("java.class.path"),
              SmallHeapServer.class.getName()));

  private static int port;

  @BeforeAll
  static void connect() {
    String line = SERVER.awaitLine(each -> each.startsWith("port "), START);
    port = Integer.parseInt(line.substring("port ".length()));
    for (int i = 0; i < HONEST; i++) {
      CLIENTS.add(SocketClusterClient.create(AGClientOptions.builder().port(port).build()));
    }
    CLOCK.scheduleAtFixedRate(
        () -> CLIENTS.forEach(KeptMemoryIT::call), 0, CALL_EVERY_MILLIS, MILLISECONDS);
    await().atMost(START).until(() -> ANSWERS.get() > HONEST);
  }

  private static void call(AGClientSocket client) {
    client
        .invoke("echo", "hello")
        .whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                ANSWERS.incrementAndGet();
              } else {
                FAILURES.add(failure);
              }
            });
  }

  @AfterAll
  static void end() {
    CLOCK.shutdownNow();
    CLIENTS.forEach(AGClientSocket::disconnect);
    SERVER.close();
  }

  @ParameterizedTest
  @EnumSource(Attack.class)
  void isBoundedAndHonestClientsKeepTheirAnswers(Attack attack) throws Exception {
    attack(attack);

    long answers = ANSWERS.get();
    await().atMost(START).until(() -> ANSWERS.get() > answers + HONEST || SERVER.hasEnded());
    assertThat(SERVER.hasEnded()).describedAs(SERVER.output()).isFalse();
    assertThat(SERVER.lines()).noneMatch(line -> line.contains("OutOfMemory"));
    assertThat(FAILURES).isEmpty();
  }

  private static void attack(Attack attack) throws Exception {
    Patience patience = new Patience(System.nanoTime() + ATTACK.toNanos());
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < attack.clients(); i++) {
        running.add(threads.submit(() -> runUntilCutOff(attack, patience)));
      }
      patience.awaitEnd();
      threads.shutdownNow(); // those that wait until the server reads
      for (Future<?> each : running) {
        each.get();
      }
    }
  }

  /** To be cut off, or not let in, is what such clients are for. */
  private static void runUntilCutOff(Attack attack, Patience patience) {
    while (!patience.isOver()) {
      try {
        attack.run(port, patience);
      } catch (IOException e) {
        patience.await(20);
      }
    }
  }
}
