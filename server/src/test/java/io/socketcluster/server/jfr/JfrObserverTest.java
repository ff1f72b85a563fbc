// SPDX-License-Identifier: MIT
package io.socketcluster.server.jfr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.testkit.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flight recording has the events of a server. */
class JfrObserverTest {
  private static final Path METRICS = Path.of("../docs/metrics.md");

  @TempDir private Path directory;

  private static AGServer serve(ServerObserver observer) {
    AGServer server =
        SocketCluster.listen(
            0,
            AGServerOptions.builder().serverObserver(observer).closeDelay(Duration.ZERO).build());
    server.onConnection(
        socket -> socket.procedure("echo").consume(request -> request.end(request.data())));
    return server;
  }

  private List<RecordedEvent> record(ServerObserver observer) throws IOException {
    Path file = directory.resolve("a.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("io.socketcluster.PublishDelivered");
      recording.start();
      AGServer server = serve(observer);
      try (RawClient client = RawClient.upgraded(server.port(), "/socketcluster/")) {
        client.handshake(null);
        client.call("echo", 1);
        client.call("#subscribe", Map.of("channel", "news"));
        server.exchange().invokePublish("news", 1).join();
        client.next();
      } finally {
        server.close().join();
      }
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().startsWith("io.socketcluster."))
        .toList();
  }

  private static RecordedEvent only(List<RecordedEvent> events, String name) {
    List<RecordedEvent> found =
        events.stream()
            .filter(event -> event.getEventType().getName().equals("io.socketcluster." + name))
            .toList();
    assertThat(found).as(name).hasSize(1);
    return found.getFirst();
  }

  @Test
  void connectionsCallsAndDeliveriesAreRecorded() throws IOException {
    List<RecordedEvent> events = record(new JfrObserver(Duration.ZERO));

    String id = only(events, "ConnectionOpened").getString("socketId");
    assertThat(id).hasSize(20);
    assertThat(only(events, "ConnectionOpened").getString("clientAddress")).isEqualTo("127.0.0.1");
    assertThat(only(events, "HandshakeCompleted").getString("socketId")).isEqualTo(id);
    RecordedEvent call = only(events, "SlowCall");
    assertThat(call.getString("procedure")).isEqualTo("echo");
    assertThat(call.getDuration("took")).isPositive();
    assertThat(call.getBoolean("isError")).isFalse();
    assertThat(only(events, "PublishDelivered").getString("channel")).isEqualTo("news");
    assertThat(only(events, "PublishDelivered").getInt("sockets")).isEqualTo(1);
    assertThat(only(events, "ConnectionClosed").getString("socketId")).isEqualTo(id);
  }

  @Test
  void aCallThatIsNotSlowIsNotRecorded() throws IOException {
    assertThat(record(new JfrObserver(Duration.ofDays(1))))
        .extracting(event -> event.getEventType().getName())
        .contains("io.socketcluster.ConnectionOpened")
        .doesNotContain("io.socketcluster.SlowCall");
  }

  @Test
  void anotherObserverLearnsTheSame() throws IOException {
    AtomicInteger opened = new AtomicInteger();
    ServerObserver counting =
        new ServerObserver() {
          @Override
          public void connectionOpened(io.socketcluster.server.AGServerSocket socket) {
            opened.incrementAndGet();
            throw new IllegalStateException("a bug of the observer");
          }
        };
    only(record(counting.andThen(new JfrObserver())), "ConnectionOpened");
    await().untilAsserted(() -> assertThat(opened).hasValue(1));
  }

  @Test
  void aNegativeTimeIsRefused() {
    assertThatThrownBy(() -> new JfrObserver(Duration.ofMillis(-1)))
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining("slowCall");
  }

  @Test
  void theGuideNamesEveryEventAndItsFields() throws IOException {
    String guide = Files.readString(METRICS);
    for (Class<?> event : FlightEvents.class.getDeclaredClasses()) {
      assertThat(guide).contains("| `" + event.getSimpleName() + "` |");
    }
  }
}
