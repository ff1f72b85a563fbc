// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.socketcluster.core.SocketState;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.internal.transport.AcceptingServer;
import io.socketcluster.server.internal.wire.MemoryWire;
import io.socketcluster.server.internal.wire.WireListener;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A socket needs a wire, and nothing of WebSocket or of a network. */
@Timeout(60)
class SocketOverMemoryWireTest {
  private static final String PATH = "/memory/";

  private final EventLoop loop = new DefaultEventLoop();
  private final BlockingQueue<AGServerSocket> sockets = new LinkedBlockingQueue<>();
  private final AGServer server = SocketCluster.create(AGServerOptions.DEFAULT);

  SocketOverMemoryWireTest() {
    server.onConnection(
        socket -> {
          sockets.add(socket);
          socket.procedure("echo").consume(call -> call.end(call.data()));
        });
  }

  /** The client's end of a wire. */
  private final class Client {
    private final MemoryWire wire = new MemoryWire(loop);
    private final WireListener socket =
        loop.submit(
                () ->
                    AcceptingServer.acceptorOf(server)
                        .accept(
                            new UpgradeRequest(PATH, Map.of(), null, 0, null),
                            AGEndpoint.of(PATH),
                            null,
                            wire))
            .syncUninterruptibly()
            .getNow();

    void sends(String message) {
      loop.execute(
          () -> {
            socket.onMessage(message.getBytes(UTF_8), false);
            socket.onReadComplete();
          });
    }

    Client shakesHands() {
      sends("{\"event\":\"#handshake\",\"data\":{\"authToken\":null},\"cid\":1}");
      awaitSent("\"rid\":1");
      return this;
    }

    void awaitSent(String part) {
      await().until(() -> wire.sent().stream().anyMatch(message -> message.contains(part)));
    }
  }

  @AfterEach
  void close() {
    server.close().join();
    loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private AGServerSocket nextSocket() throws InterruptedException {
    AGServerSocket socket = sockets.poll(20, TimeUnit.SECONDS);
    assertThat(socket).isNotNull();
    return socket;
  }

  @Test
  void itShakesHandsAndAnswersCalls() {
    Client client = new Client().shakesHands();
    client.sends("{\"event\":\"echo\",\"data\":[1,2],\"cid\":2}");

    client.awaitSent("{\"rid\":2,\"data\":[1,2]}");
  }

  @Test
  void aPublishOfOneReachesTheOthers() {
    Client first = new Client().shakesHands();
    Client second = new Client().shakesHands();
    for (Client each : new Client[] {first, second}) {
      each.sends("{\"event\":\"#subscribe\",\"data\":{\"channel\":\"news\"},\"cid\":2}");
      each.awaitSent("{\"rid\":2}");
    }
    first.sends("{\"event\":\"#publish\",\"data\":{\"channel\":\"news\",\"data\":7}}");

    second.awaitSent("{\"event\":\"#publish\",\"data\":{\"channel\":\"news\",\"data\":7}}");
  }

  @Test
  void aMessageBeforeTheHandshakeClosesTheWire() {
    Client client = new Client();
    client.sends("{\"event\":\"echo\",\"data\":1,\"cid\":2}");

    await().until(() -> client.wire.closed() != null);
    assertThat(client.wire.closed()).startsWith("4009");
  }

  @Test
  void theApplicationClosesTheWireWithACodeAndAReason() throws InterruptedException {
    Client client = new Client().shakesHands();
    nextSocket().disconnect(4321, "enough");

    await().until(() -> client.wire.closed() != null);
    assertThat(client.wire.closed()).isEqualTo("4321 enough");
  }

  @Test
  void theEventLoopDoesOtherThingsWhileASocketIsKickedOutOfManyChannels()
      throws InterruptedException {
    Client client = new Client().shakesHands();
    AGServerSocket socket = nextSocket();
    for (int i = 0; i < 100; i++) {
      client.sends("{\"event\":\"#subscribe\",\"data\":{\"channel\":\"c" + i + "\"},\"cid\":2}");
    }
    await().until(() -> socket.subscriptions().size() == 100);
    Queue<Integer> seen = new ConcurrentLinkedQueue<>();
    AtomicBoolean isOver = new AtomicBoolean();
    loop.execute(() -> lookAgain(socket, seen, isOver));

    socket.kickOut(null);
    isOver.set(true);

    assertThat(socket.subscriptions()).isEmpty();
    assertThat(seen).contains(68, 36, 4);
  }

  private void lookAgain(AGServerSocket socket, Queue<Integer> seen, AtomicBoolean isOver) {
    if (!isOver.get()) {
      int subscriptions = socket.subscriptions().size();
      if (!seen.contains(subscriptions)) {
        seen.add(subscriptions);
      }
      loop.execute(() -> lookAgain(socket, seen, isOver));
    }
  }

  @Test
  void theSocketIsClosedWhenTheTransportSaysSo() throws InterruptedException {
    Client client = new Client().shakesHands();
    AGServerSocket socket = nextSocket();
    loop.execute(() -> client.socket.onClose(1006, ""));

    await().until(() -> socket.state() == SocketState.CLOSED);
  }

  @Test
  void aClientThatIsTooFastIsNotRead() throws InterruptedException {
    Client client = new Client().shakesHands();
    AGServerSocket socket = nextSocket();
    socket.receiver("slow").createConsumer(); // takes nothing
    String message = "{\"event\":\"slow\",\"data\":\"" + "x".repeat(100_000) + "\"}";
    for (int i = 0; i < 30; i++) {
      client.sends(message);
    }

    await().until(() -> !client.wire.isReading());
  }
}
