// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.AutoReconnectOptions;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.demo.Demo;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The demo as a process of its own that is killed (SIGKILL) while a client publishes.
 *
 * <p>Who publishes and is subscribed is sent the message before the acknowledgement, and what waits
 * for a connection is sent after the subscriptions: so what was acknowledged must have come,
 * however the server ended. Another subscriber may miss what was on its way at that moment, which
 * is the end of what one life of the server sent, and nothing before.
 */
class KilledProcessIT {
  private static final int KILLS = 4;
  private static final int ACKNOWLEDGED_PER_LIFE = 200;
  private static final Duration START = Duration.ofSeconds(30);
  private static final String CHANNEL = "news";
  private static final AutoReconnectOptions FAST =
      new AutoReconnectOptions(
          Duration.ofMillis(20), Duration.ofMillis(10), 1, Duration.ofMillis(50));

  private final List<Integer> acknowledged = Collections.synchronizedList(new ArrayList<>());
  private final List<Integer> ownReceived = Collections.synchronizedList(new ArrayList<>());
  private final List<Integer> otherReceived = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean publishing = true;

  private static ChildProcess start(int port) {
    ChildProcess process =
        ChildProcess.start(
            Path.of("."),
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Demo.class.getName(),
                "--port",
                String.valueOf(port)));
    process.awaitLine(line -> line.contains("SocketCluster demo: "), START);
    return process;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  @Timeout(120)
  void whatWasAcknowledgedHadBeenDelivered() throws Exception {
    int port = freePort();
    AGClientOptions options =
        AGClientOptions.builder().port(port).autoReconnectOptions(FAST).build();
    AGClientSocket publisher = SocketClusterClient.create(options);
    AGClientSocket other = SocketClusterClient.create(options);
    publisher.subscribe(CHANNEL, Integer.class).consume(ownReceived::add);
    other.subscribe(CHANNEL, Integer.class).consume(otherReceived::add);
    Thread traffic = Thread.startVirtualThread(() -> publish(publisher));
    List<Integer> lastOfLives = new ArrayList<>();
    for (int life = 0; life <= KILLS; life++) {
      try (ChildProcess process = start(port)) {
        await().until(() -> publisher.isSubscribed(CHANNEL) && other.isSubscribed(CHANNEL));
        int before = acknowledged.size();
        await().until(() -> acknowledged.size() >= before + ACKNOWLEDGED_PER_LIFE);
        assertThat(process.lines()).isNotEmpty();
      } // which kills the process
      await().until(() -> publisher.id() == null && other.id() == null);
      lastOfLives.add(acknowledged.getLast());
    }
    publishing = false;
    publisher.disconnect();
    other.disconnect();
    traffic.join();
    await().until(() -> publisher.getBackpressure() + other.getBackpressure() == 0);

    assertThat(ownReceived).isSorted().doesNotHaveDuplicates().containsAll(acknowledged);
    assertThat(otherReceived).isSorted().doesNotHaveDuplicates();
    assertGapsOnlyAt(lastOfLives);
  }

  private void publish(AGClientSocket socket) {
    for (int number = 1; publishing; number++) {
      try {
        socket.invokePublish(CHANNEL, number).get();
        acknowledged.add(number);
      } catch (ExecutionException e) {
        // the server may have taken it or not
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /**
   * Of what was acknowledged the other misses only the last of a life, and what it came back for.
   */
  private void assertGapsOnlyAt(List<Integer> lastOfLives) {
    List<Integer> missed = new ArrayList<>(acknowledged);
    missed.removeAll(otherReceived);
    int begin = 0;
    for (int last : lastOfLives) {
      int from = begin;
      List<Integer> received =
          otherReceived.stream().filter(number -> number > from && number <= last).toList();
      assertThat(received).isNotEmpty();
      assertThat(missed)
          .noneMatch(number -> number > received.getFirst() && number < received.getLast());
      begin = last;
    }
  }
}
