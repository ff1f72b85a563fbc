// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.Payload;
import io.socketcluster.testkit.RawClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** One message on its way to many, on several event loops. */
class FanOutTest {
  private static final int SUBSCRIBERS = 30;
  private static final String CHANNEL = "news";
  private static final int MEBIBYTE = 1 << 20;

  private static List<RawClient> subscribers(TestServer test, int count) {
    return IntStream.range(0, count).mapToObj(i -> subscriber(test)).toList();
  }

  private static RawClient subscriber(TestServer test) {
    RawClient client = test.open();
    client.call("#subscribe", Map.of("channel", CHANNEL));
    return client;
  }

  private static Map<String, Object> publish(String publisher, int number) {
    return Map.of("channel", CHANNEL, "data", publisher + " " + number);
  }

  private static List<String> receive(RawClient client, int count) {
    List<String> received = new ArrayList<>(count);
    while (received.size() < count) {
      received.add(client.nextJson().path("data").path("data").asString());
    }
    return received;
  }

  /** Each publisher counts from 0. */
  private static void expectOwnOrders(List<String> received) {
    Map<String, Integer> next = new HashMap<>();
    for (String message : received) {
      String[] parts = message.split(" ", 2);
      int expected = next.merge(parts[0], 1, Integer::sum) - 1;
      assertThat(parts[1]).as("%s", parts[0]).isEqualTo(String.valueOf(expected));
    }
  }

  private static void join(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void allSubscribersSeeAllMessagesInOneOrder(int eventLoops) throws Exception {
    int each = 200;
    int clients = 2 * eventLoops;
    int exchangeThreads = 3;
    try (TestServer test = TestServer.start(options -> options.eventLoops(eventLoops))) {
      List<RawClient> subscribers = subscribers(test, SUBSCRIBERS);
      Queue<String> heard = new ConcurrentLinkedQueue<>();
      test.server().exchange().subscribe(CHANNEL, String.class).consume(heard::add);
      List<Thread> publishing = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        RawClient publisher = test.open(); // the loops take turns
        String name = "client" + i;
        publishing.add(
            Thread.startVirtualThread(
                () ->
                    IntStream.range(0, each)
                        .forEach(n -> publisher.transmit("#publish", publish(name, n)))));
      }
      for (int i = 0; i < exchangeThreads; i++) {
        String name = "exchange" + i;
        publishing.add(
            Thread.startVirtualThread(
                () ->
                    IntStream.range(0, each)
                        .forEach(
                            n ->
                                test.server()
                                    .exchange()
                                    .transmitPublish(CHANNEL, name + " " + n))));
      }
      int all = each * (clients + exchangeThreads);

      List<String> first = receive(subscribers.getFirst(), all);

      expectOwnOrders(first);
      for (RawClient subscriber : subscribers.subList(1, SUBSCRIBERS)) {
        assertThat(receive(subscriber, all)).isEqualTo(first);
      }
      await().until(() -> heard.size() == all);
      assertThat(List.copyOf(heard)).isEqualTo(first);
      assertThat(subscribers).allMatch(subscriber -> subscriber.waiting() == 0);
      join(publishing);
    }
  }

  @Test
  void subscribersThatComeAndGoDisturbNobody() {
    int visitsWanted = 60;
    AtomicInteger visits = new AtomicInteger();
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    try (TestServer test = TestServer.start(options -> options.eventLoops(3))) {
      List<RawClient> subscribers = subscribers(test, 6);
      List<Thread> visitors =
          IntStream.range(0, 3)
              .mapToObj(
                  i ->
                      Thread.ofVirtual()
                          .uncaughtExceptionHandler((thread, e) -> failures.add(e))
                          .start(
                              () -> {
                                while (visits.incrementAndGet() <= visitsWanted) {
                                  visit(test, i);
                                }
                              }))
              .toList();
      int all = 0;
      while (visitors.stream().anyMatch(Thread::isAlive)) {
        test.server().exchange().transmitPublish(CHANNEL, "one " + all);
        all++;
        receive(subscribers.getFirst(), 1); // no faster than they come and go
      }

      for (RawClient subscriber : subscribers.subList(1, 6)) {
        List<String> received = receive(subscriber, all);
        expectOwnOrders(received);
        assertThat(subscriber.waiting()).isZero();
      }
      assertThat(failures).isEmpty();
      assertThat(visits).hasValueGreaterThan(visitsWanted);
    }
  }

  /** Subscribes, sees a part without a gap, and unsubscribes, closes or vanishes. */
  private static void visit(TestServer test, int how) {
    RawClient visitor = subscriber(test);
    List<Integer> seen = new ArrayList<>();
    while (seen.size() < 5) {
      String message = receive(visitor, 1).getFirst();
      seen.add(Integer.valueOf(message.split(" ", 2)[1]));
    }
    switch (how) {
      case 0 -> visitor.transmit("#unsubscribe", CHANNEL);
      case 1 -> visitor.sendFrame(8, new byte[] {0x03, (byte) 0xE8});
      default -> {}
    }
    int first = seen.getFirst();
    assertThat(seen).containsExactly(first, first + 1, first + 2, first + 3, first + 4);
    visitor.close();
  }

  private static SlowClient lazySubscriber(TestServer test) {
    SlowClient lazy = SlowClient.connect(test);
    lazy.subscribe(CHANNEL);
    return lazy;
  }

  private static JsonNode json(byte[] frame) {
    return Payload.ofJson(frame, 0, frame.length).node();
  }

  /** Returns the numbers of all messages up to {@code last}. */
  private static List<Integer> readNumbersTo(SlowClient client, int last) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    while (numbers.isEmpty() || numbers.getLast() != last) {
      numbers.add(json(client.readFrame()).path("data").path("data").path(0).asInt());
    }
    return numbers;
  }

  /** Returns the code of the close frame. */
  private static int readToClose(SlowClient client) throws IOException {
    byte[] frame = client.readFrame();
    while (frame.length != 2) {
      frame = client.readFrame();
    }
    return ByteBuffer.wrap(frame).getShort();
  }

  private static TestServer startWith(SlowConsumerPolicy policy) {
    return TestServer.start(
        options -> options.outboundBufferLimit(MEBIBYTE).slowConsumerPolicy(policy));
  }

  /** Publishes numbered messages of 32 KiB, each when a reader has had the one before. */
  private static void publishBig(TestServer test, RawClient reader, int from, int to) {
    String filling = "x".repeat(32 * 1024);
    for (int i = from; i < to; i++) {
      test.server().exchange().transmitPublish(CHANNEL, List.of(i, filling));
      JsonNode data = reader.nextJson().path("data").path("data");
      assertThat(data.path(0).asInt(-1)).isEqualTo(i);
    }
  }

  @Test
  void whoDoesNotReadIsClosedAndTheOthersMissNothing() throws Exception {
    try (TestServer test = startWith(SlowConsumerPolicy.DISCONNECT)) {
      List<RawClient> others = subscribers(test, 4);
      try (SlowClient lazy = lazySubscriber(test)) {
        AGServerSocket socket = lazy.socketIn(test);
        Queue<Integer> codes = new ConcurrentLinkedQueue<>();
        socket.listener(AGServerSocket.DISCONNECT).consume(event -> codes.add(event.code()));
        int count = 0;
        while (socket.state() == SocketState.OPEN && count < 2000) {
          publishBig(test, others.getFirst(), count, count + 10);
          count += 10;
        }

        assertThat(socket.state()).isEqualTo(SocketState.CLOSED);
        await().until(() -> codes.contains(4010));
        assertThat(readToClose(lazy)).isEqualTo(4010);
        publishBig(test, others.getFirst(), count, count + 10);
        for (RawClient other : others.subList(1, 4)) {
          for (int i = 0; i < count + 10; i++) {
            assertThat(other.nextJson().path("data").path("data").path(0).asInt(-1)).isEqualTo(i);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DROP_OLDEST", "DROP_NEWEST"})
  void whoDoesNotReadKeepsItsConnectionAndGetsAGapInValidFrames(SlowConsumerPolicy policy)
      throws Exception {
    try (TestServer test = startWith(policy)) {
      RawClient other = subscriber(test);
      try (SlowClient lazy = lazySubscriber(test)) {
        AGServerSocket socket = lazy.socketIn(test);
        await().until(() -> socket.getOutboundBackpressure() == 0);
        int count = 0;
        while (socket.getOutboundBufferedBytes() < MEBIBYTE - 40_000 && count < 2000) {
          publishBig(test, other, count, count + 10);
          count += 10;
        }
        publishBig(test, other, count, count + 100); // of which there is no room for most
        count += 100;

        assertThat(socket.state()).isEqualTo(SocketState.OPEN);
        assertThat(socket.getOutboundBufferedBytes()).isBetween(MEBIBYTE - 40_000L, 2L * MEBIBYTE);
        assertThat(socket.getOutboundBackpressure()).isBetween(25, 64);
        assertThat(socket.getBackpressure()).isGreaterThanOrEqualTo(25);

        int last = count;
        Thread marking =
            Thread.startVirtualThread(
                () -> {
                  await().until(() -> socket.getOutboundBackpressure() == 0);
                  test.server().exchange().transmitPublish(CHANNEL, List.of(last));
                });
        List<Integer> numbers = readNumbersTo(lazy, last);
        marking.join();

        assertThat(numbers).isSorted().doesNotHaveDuplicates();
        assertThat(numbers.size()).isLessThan(count - 20);
        assertThat(numbers.getFirst()).isZero();
        if (policy == SlowConsumerPolicy.DROP_OLDEST) {
          assertThat(numbers).contains(count - 1, count - 2);
        } else {
          assertThat(numbers).doesNotContain(count - 1, count - 2);
        }
        await().until(() -> socket.getOutboundBufferedBytes() == 0);
        assertThat(socket.state()).isEqualTo(SocketState.OPEN);
      }
    }
  }
}
