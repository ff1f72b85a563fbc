// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.SocketState;
import io.socketcluster.testkit.RawClient;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an observer learns of a server, and what it cannot break. */
class ServerObserverTest {
  private static final int LIMIT = 64 * 1024;
  private static final String FILLING = "x".repeat(8 * 1024);

  private static final class Counting implements ServerObserver {
    private final AtomicInteger dropped = new AtomicInteger();
    private final AtomicLong droppedBytes = new AtomicLong();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicLong waitingAtClose = new AtomicLong();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicInteger fewestMessages = new AtomicInteger(Integer.MAX_VALUE);

    @Override
    public void publishDropped(AGServerSocket socket, int bytes) {
      dropped.incrementAndGet();
      droppedBytes.addAndGet(bytes);
    }

    @Override
    public void slowConsumerClosed(AGServerSocket socket, long waitingBytes) {
      closed.incrementAndGet();
      waitingAtClose.set(waitingBytes);
    }

    @Override
    public void outboundWaiting(AGServerSocket socket, int messages, long bytes) {
      fewestMessages.accumulateAndGet(messages, Math::min);
      waiting.set(bytes);
    }
  }

  private static TestServer start(SlowConsumerPolicy policy, ServerObserver observer) {
    return TestServer.start(
        options ->
            options
                .outboundBufferLimit(LIMIT)
                .slowConsumerPolicy(policy)
                .pingInterval(Duration.ofMillis(100)) // and with it what waits is looked at
                .serverObserver(observer));
  }

  /** Publishes to a client that does not read until {@code seen} has counted something. */
  private static void publishUntil(TestServer test, AtomicInteger seen) {
    await()
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              for (int i = 0; i < 50 && seen.get() == 0; i++) {
                test.server().exchange().transmitPublish("news", FILLING);
              }
              return seen.get() > 0;
            });
  }

  private static SlowClient subscribe(TestServer test) {
    SlowClient client = SlowClient.connect(test);
    client.subscribe("news");
    return client;
  }

  @Test
  void publishesThatAreDroppedAndWhatWaitsAreTold() {
    Counting counting = new Counting();
    try (TestServer test = start(SlowConsumerPolicy.DROP_NEWEST, counting);
        SlowClient client = subscribe(test)) {
      publishUntil(test, counting.dropped);

      await().until(() -> counting.waiting.get() > LIMIT / 2);
      assertThat(counting.fewestMessages.get()).isPositive();
      assertThat(counting.droppedBytes.get() / counting.dropped.get())
          .isBetween((long) FILLING.length(), FILLING.length() + 100L);
      assertThat(counting.closed.get()).isZero();
      assertThat(client.socketIn(test).getOutboundBufferedBytes())
          .isEqualTo(counting.waiting.get());
    }
  }

  @Test
  void aSlowConsumerThatIsClosedIsToldWithWhatWaited() {
    Counting counting = new Counting();
    try (TestServer test = start(SlowConsumerPolicy.DISCONNECT, counting);
        SlowClient client = subscribe(test)) {
      publishUntil(test, counting.closed);

      assertThat(counting.waitingAtClose.get()).isGreaterThan(LIMIT / 2);
      assertThat(counting.closed.get()).isEqualTo(1);
      assertThat(counting.dropped.get()).isZero();
      assertThat(client.id()).isNotEmpty();
    }
  }

  @Test
  void whatAnObserverThrowsHurtsNobody() {
    AtomicInteger calls = new AtomicInteger();
    ServerObserver failing =
        new ServerObserver() {
          @Override
          public void publishDropped(AGServerSocket socket, int bytes) {
            calls.incrementAndGet();
            throw new IllegalStateException("of the observer");
          }
        };
    try (TestServer test = start(SlowConsumerPolicy.DROP_OLDEST, failing);
        SlowClient client = subscribe(test)) {
      RawClient other = test.open();
      other.call("#subscribe", Map.of("channel", "other"));
      publishUntil(test, calls);

      test.server().exchange().transmitPublish("other", "still there");

      assertThat(other.next()).contains("still there");
      assertThat(client.socketIn(test).state()).isEqualTo(SocketState.OPEN);
    }
  }

  @Test
  void whatWaitsInABatchIsCounted() {
    try (TestServer test = TestServer.start()) {
      AGServerSocket socket = test.socketOf(test.open());
      socket.startBatch();
      socket.transmit("first", FILLING);
      socket.transmit("second", FILLING);

      await().until(() -> socket.getOutboundBackpressure() == 2);
      assertThat(socket.getOutboundBufferedBytes()).isGreaterThan(2L * FILLING.length());

      socket.flushBatch();
      await().until(() -> socket.getOutboundBufferedBytes() == 0);
      assertThat(socket.getOutboundBackpressure()).isZero();
    }
  }

  private static final class Recording implements ServerObserver {
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final AtomicLong nanos = new AtomicLong(-1);

    @Override
    public void connectionOpened(AGServerSocket socket) {
      seen.add("opened " + socket.state().value());
    }

    @Override
    public void handshakeCompleted(AGServerSocket socket) {
      seen.add("completed " + socket.state().value());
    }

    @Override
    public void connectionClosed(AGServerSocket socket, int code) {
      seen.add("closed " + code);
    }

    @Override
    public void messageReceived(AGServerSocket socket, int bytes) {
      seen.add("received " + bytes);
    }

    @Override
    public void messageSent(AGServerSocket socket, int bytes) {
      seen.add("sent " + bytes);
    }

    @Override
    public void callAnswered(
        AGServerSocket socket, String procedure, long duration, boolean isError) {
      nanos.set(duration);
      seen.add("answered " + procedure + " " + isError);
    }

    @Override
    public void invokeCompleted(
        AGServerSocket socket, String event, long duration, boolean isError) {
      nanos.set(duration);
      seen.add("completed " + event + " " + isError);
    }

    @Override
    public void published(AGServerSocket socket, String channel) {
      seen.add("published " + channel);
    }

    @Override
    public void publishDelivered(String channel, int sockets, int bytes) {
      seen.add("delivered " + channel + " " + sockets + " " + bytes);
    }

    @Override
    public void handshakeRefused(HandshakeRefusal why, @Nullable InetAddress clientAddress) {
      seen.add("refused " + why + " " + (clientAddress != null));
    }
  }

  private final Recording recording = new Recording();

  private TestServer observed() {
    return TestServer.start(
        options -> options.serverObserver(recording).eventLoops(1).origins("here:*"),
        server ->
            server.onConnection(
                socket -> socket.procedure("echo").consume(request -> request.end(1))));
  }

  private void awaitSeen(String... lines) {
    await().untilAsserted(() -> assertThat(recording.seen).contains(lines));
  }

  @Test
  void aConnectionIsObservedFromItsBeginToItsEnd() {
    try (TestServer test = observed()) {
      RawClient client = test.open();
      test.socketOf(client).disconnect(4321, "bye");

      awaitSeen("opened connecting", "completed open", "closed 4321");
    }
  }

  @Test
  void messagesAndCallsInBothDirectionsAreObserved() {
    try (TestServer test = observed()) {
      RawClient client = test.open();
      recording.seen.clear();
      client.send("{\"event\":\"echo\",\"cid\":7}");
      assertThat(client.next()).isEqualTo("{\"rid\":7,\"data\":1}");
      awaitSeen("received 24", "sent 18", "answered echo false");
      assertThat(recording.nanos.get()).isPositive();

      recording.nanos.set(-1);
      test.socketOf(client).invoke("ask", null);
      assertThat(client.next()).contains("ask");
      client.send("{\"rid\":1,\"error\":{\"name\":\"No\",\"message\":\"no\"}}");
      awaitSeen("completed ask true");
      assertThat(recording.nanos.get()).isPositive();
    }
  }

  @Test
  void aPublishIsObservedWithItsFanOut() {
    try (TestServer test = observed()) {
      RawClient client = test.open();
      RawClient other = test.open();
      client.call("#subscribe", Map.of("channel", "news"));
      other.call("#subscribe", Map.of("channel", "news"));
      test.open().call("#publish", Map.of("channel", "news", "data", 5));

      String message = other.next();
      awaitSeen("published news");
      assertThat(recording.seen).anyMatch(line -> line.startsWith("delivered news 2 "));
      assertThat(message).contains("#publish");
    }
  }

  @Test
  void anUpgradeOfAnotherOriginIsObserved() {
    try (TestServer test = observed()) {
      try (RawClient client = test.tcp()) {
        client.write(
            RawClient.upgradeRequest(test.server().getPath(), "Origin: http://there\r\n")
                .getBytes(ISO_8859_1));
        assertThat(client.readHead()).contains("403");
      }

      awaitSeen("refused BAD_ORIGIN true");
    }
  }

  /** Every method of the observer throws, and the server works as if there were none. */
  @Test
  void anObserverThatAlwaysThrowsHarmsNobody() {
    ServerObserver throwing =
        (ServerObserver)
            Proxy.newProxyInstance(
                ServerObserver.class.getClassLoader(),
                new Class<?>[] {ServerObserver.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("equals")) {
                    return false; // it is asked whether it is NONE
                  }
                  throw new IllegalStateException(method.getName());
                });
    try (TestServer test =
        TestServer.start(
            options -> options.serverObserver(throwing),
            server ->
                server.onConnection(
                    socket -> socket.procedure("echo").consume(request -> request.end(1))))) {
      RawClient client = test.open();
      client.call("#subscribe", Map.of("channel", "news"));
      assertThat(client.call("echo", null).path("data").asInt()).isEqualTo(1);
      test.server().exchange().transmitPublish("news", 1);
      assertThat(client.next()).contains("#publish");
      client.close();
      await().until(() -> test.server().clientsCount() == 0);
    }
  }
}
