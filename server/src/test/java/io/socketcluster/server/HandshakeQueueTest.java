// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.testkit.RawClient;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When many come at once most of them wait, and all of them come in. */
class HandshakeQueueTest {
  private final AtomicInteger waiting = new AtomicInteger();
  private final Queue<HandshakeRefusal> refusals = new ConcurrentLinkedQueue<>();

  private final ServerObserver observer =
      new ServerObserver() {
        @Override
        public void handshakeQueued(int count) {
          waiting.set(count);
        }

        @Override
        public void handshakeRefused(HandshakeRefusal why, @Nullable InetAddress clientAddress) {
          refusals.add(why);
        }
      };

  private static final String HANDSHAKE = "{\"event\":\"#handshake\",\"data\":{},\"cid\":1}";

  private final CompletableFuture<AGAction> undecided = new CompletableFuture<>();

  /** Starts a server with room for one handshake, the first of which waits for its middleware. */
  private TestServer startOneByOne(UnaryOperator<AGServerOptions.Builder> more) {
    return TestServer.start(
        options -> more.apply(options.handshakeConcurrency(1).serverObserver(observer)),
        server ->
            server.setMiddleware(
                AGServer.MIDDLEWARE_HANDSHAKE,
                AGMiddleware.each(
                    action -> {
                      if (action.type() != AGAction.Type.HANDSHAKE_SC
                          || !undecided.complete(action)) {
                        action.allow();
                      }
                    })));
  }

  /** Connects a client whose handshake goes on until {@code undecided} is allowed. */
  private RawClient shakingHands(TestServer test) {
    RawClient client = test.upgraded();
    client.send(HANDSHAKE);
    undecided.join();
    return client;
  }

  private static RawClient requesting(TestServer test) {
    RawClient client = test.tcp();
    client.write(RawClient.upgradeRequest(test.server().getPath()).getBytes(ISO_8859_1));
    return client;
  }

  @Test
  void theSecondIsAnsweredWhenTheFirstHasShakenHands() {
    try (TestServer test = startOneByOne(options -> options)) {
      RawClient first = shakingHands(test);
      RawClient second = requesting(test);
      await().until(() -> waiting.get() == 1);

      undecided.join().allow();

      assertThat(first.nextJson().path("rid").asInt()).isEqualTo(1);
      second.readUpgradeAnswer();
      assertThat(second.handshake(null).path("id").isString()).isTrue();
    }
  }

  @Test
  void theSecondIsAnsweredWhenTheFirstHangsUp() {
    try (TestServer test = startOneByOne(options -> options)) {
      RawClient first = shakingHands(test);
      RawClient second = requesting(test);
      await().until(() -> waiting.get() == 1);

      first.close();

      second.readUpgradeAnswer();
    }
  }

  @Test
  void theSecondIsAnsweredWhenAMiddlewareRefusesTheFirst() {
    CompletableFuture<AGAction> asked = new CompletableFuture<>();
    try (TestServer test =
        TestServer.start(
            options -> options.handshakeConcurrency(1).serverObserver(observer),
            server ->
                server.setMiddleware(
                    AGServer.MIDDLEWARE_HANDSHAKE,
                    AGMiddleware.each(
                        action -> {
                          if (!asked.complete(action)) {
                            action.allow();
                          }
                        })))) {
      RawClient first = requesting(test);
      AGAction action = asked.join();
      RawClient second = requesting(test);
      await().until(() -> waiting.get() == 1);

      action.block(new IllegalStateException("no"));

      assertThat(first.readHead()).startsWith("HTTP/1.1 401");
      second.readUpgradeAnswer();
      second.handshake(null);
    }
  }

  @Test
  void clientsThatNeverGoOnDoNotKeepTheOthersWaiting() {
    try (TestServer test =
        TestServer.start(
            options -> options.handshakeConcurrency(1).handshakeTimeout(Duration.ofDays(1)))) {
      test.upgraded(); // and nothing more
      RawClient second = requesting(test);

      second.readUpgradeAnswer();
      second.handshake(null);

      assertThat(test.server().pendingClientsCount()).isEqualTo(1);
    }
  }

  @Test
  void whatIsSentWithoutWaitingForTheAnswerIsNotLost() {
    try (TestServer test = startOneByOne(options -> options)) {
      shakingHands(test);
      RawClient second = test.tcp();
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(RawClient.upgradeRequest(test.server().getPath()).getBytes(ISO_8859_1));
      all.writeBytes(RawClient.frame(0x81, HANDSHAKE.getBytes(UTF_8)));
      second.write(all.toByteArray());
      await().until(() -> waiting.get() == 1);
      second.send("{\"event\":\"#subscribe\",\"data\":{\"channel\":\"news\"},\"cid\":2}");

      undecided.join().allow();

      second.readUpgradeAnswer();
      assertThat(second.nextJson().path("rid").asInt()).isEqualTo(1);
      assertThat(second.next()).isEqualTo("{\"rid\":2}");
    }
  }

  @Test
  void whenTheQueueIsFullTheNextIsToldToComeBack() {
    try (TestServer test = startOneByOne(options -> options.handshakeQueueLimit(1))) {
      shakingHands(test);
      requesting(test);
      await().until(() -> waiting.get() == 1);

      String head = requesting(test).readHead();

      assertThat(head).startsWith("HTTP/1.1 503").containsIgnoringCase("retry-after: 10");
      assertThat(refusals).containsExactly(HandshakeRefusal.QUEUE_FULL);
    }
  }

  @Test
  void whoHasWaitedForTheHandshakeTimeoutIsToldToComeBack() {
    try (TestServer test =
        startOneByOne(
            options ->
                options.handshakeTimeout(Duration.ofSeconds(1)).middlewareTimeout(Duration.ZERO))) {
      RawClient first = shakingHands(test);

      assertThat(requesting(test).readHead()).startsWith("HTTP/1.1 503");

      assertThat(refusals).containsExactly(HandshakeRefusal.WAITED_TOO_LONG);
      undecided.join().allow();
      assertThat(first.nextJson().path("rid").asInt()).isEqualTo(1);
    }
  }

  @Test
  void aServerThatClosesRefusesThoseThatWait() {
    try (TestServer test = startOneByOne(options -> options)) {
      shakingHands(test);
      RawClient late = requesting(test);
      await().until(() -> waiting.get() == 1);

      CompletableFuture<Void> closed = test.server().close();

      assertThat(late.readHead()).startsWith("HTTP/1.1 503");
      closed.join();
    }
  }

  @Test
  void aThousandThatComeAtOnceAllComeIn() throws Exception {
    try (TestServer test =
        TestServer.start(options -> options.handshakeConcurrency(8).serverObserver(observer))) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        clients.add(requesting(test));
      }
      for (RawClient client : clients) {
        Thread.startVirtualThread(
            () -> {
              client.readUpgradeAnswer();
              client.handshake(null);
            });
      }

      await().until(() -> test.server().clientsCount() == 1000);

      assertThat(waiting.get()).isPositive();
      assertThat(refusals).isEmpty();
    }
  }
}
