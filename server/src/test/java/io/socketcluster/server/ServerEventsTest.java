// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.broker.BrokerEvent;
import io.socketcluster.stream.Consumption;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamTimeoutException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The listeners of a server, and the ready event, which waits for those who come late. */
class ServerEventsTest {
  private static final Duration SHORT = Duration.ofMillis(50);

  private final Queue<Object> seen = new ConcurrentLinkedQueue<>();

  @Test
  void whoWaitsForReadyAfterListenHasItAtOnceEveryTime() throws Exception {
    try (TestServer test = TestServer.start()) {
      assertThat(test.server().listener(AGServer.READY).once(SHORT)).isNotNull();
      assertThat(test.server().listener(AGServer.READY).once(SHORT)).isNotNull();
      assertThat(test.server().listener("ready").next(SHORT)).isNotNull();
      try (StreamConsumer<ServerEvent.Ready> consumer =
          test.server().listener(AGServer.READY).createConsumer(SHORT)) {
        assertThat(consumer.next()).isNotNull();
        assertThatThrownBy(consumer::next).isInstanceOf(StreamTimeoutException.class);
      }
    }
  }

  @Test
  void whoConsumedBeforeListenHearsOfReadyOnce() {
    try (TestServer test =
        TestServer.start(
            options -> options,
            server -> {
              assertThatThrownBy(() -> server.listener(AGServer.READY).once(SHORT))
                  .isInstanceOf(StreamTimeoutException.class);
              server.listener(AGServer.READY).consume(seen::add);
            })) {
      await().until(() -> !seen.isEmpty());
      test.open();

      assertThat(seen).hasSize(1);
    }
  }

  @Test
  void aServerIsReadyWhenItsBrokerIs() throws Exception {
    AtomicBoolean ready = new AtomicBoolean();
    AGBrokerEngine broker = readyWhen(ready);
    try (TestServer test = TestServer.start(options -> options.brokerEngine(broker))) {
      assertThat(test.server().isReady()).isFalse();
      assertThatThrownBy(() -> test.server().listener(AGServer.READY).once(SHORT))
          .isInstanceOf(StreamTimeoutException.class);

      ready.set(true);
      broker.emit(BrokerEvent.READY, new BrokerEvent.Ready());

      assertThat(test.server().listener(AGServer.READY).once(Duration.ofSeconds(5))).isNotNull();
      assertThat(test.server().isReady()).isTrue();
    }
  }

  /** The embedded broker, but for the question whether it is ready. */
  private static AGBrokerEngine readyWhen(AtomicBoolean ready) {
    AGSimpleBroker embedded = new AGSimpleBroker();
    return (AGBrokerEngine)
        Proxy.newProxyInstance(
            AGBrokerEngine.class.getClassLoader(),
            new Class<?>[] {AGBrokerEngine.class},
            (proxy, method, arguments) ->
                method.getName().equals("isReady")
                    ? ready.get()
                    : method.invoke(embedded, arguments));
  }

  @Test
  void aGeneratedIdIsLikeThoseOfSocketsAndNeverTheSame() {
    AGServer server = SocketCluster.create(AGServerOptions.DEFAULT);
    Set<String> ids = new HashSet<>();
    IntStream.range(0, 1000).forEach(i -> ids.add(server.generateId()));

    assertThat(ids).hasSize(1000).allMatch(id -> id.matches("[A-Za-z0-9_-]{20}"));
    server.close().join();
  }

  @Test
  void whatTheApplicationEmitsItsListenersReceive() {
    AGServer server = SocketCluster.create(AGServerOptions.DEFAULT);
    server.listener(AGServer.ERROR).consume(event -> seen.add(event.error().getMessage()));
    server.listener(AGServer.WARNING).consume(event -> seen.add(event.warning().getMessage()));

    server.emitError(new IllegalStateException("fatal"));
    server.emitWarning(new IllegalStateException("not so bad"));

    await().until(() -> seen.contains("fatal") && seen.contains("not so bad"));
    server.close().join();
  }

  @Test
  void oneConsumerCanBeMeasuredAndEndedAndTheOthersGoOn() throws Exception {
    CountDownLatch proceed = new CountDownLatch(1);
    try (TestServer test = TestServer.start()) {
      AGServer server = test.server();
      Consumption slow =
          server
              .listener(AGServer.CONNECTION)
              .consume(
                  event -> {
                    proceed.await();
                    seen.add("slow");
                  });
      server.listener(AGServer.CONNECTION).consume(event -> seen.add(event.id()));
      IntStream.range(0, 3).forEach(i -> test.open());

      await().until(() -> seen.size() == 3);
      assertThat(server.getListenerBackpressure("connection")).isEqualTo(2);
      assertThat(server.getAllListenersBackpressure()).isEqualTo(2);
      assertThat(server.getListenerConsumerBackpressure(slow.id())).isEqualTo(2);
      assertThat(server.getListenerConsumerStatsList("connection")).hasSize(2);
      assertThat(server.hasAnyListenerConsumer(slow.id())).isTrue();

      server.killListenerConsumer(slow.id());
      proceed.countDown();
      test.open();

      await().until(() -> seen.stream().filter(each -> !each.equals("slow")).count() == 4);
      assertThat(server.hasListenerConsumer("connection", slow.id())).isFalse();
      assertThat(seen.stream().filter("slow"::equals).count()).isLessThanOrEqualTo(1);
    }
  }
}
