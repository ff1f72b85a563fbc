// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.core.EventName;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.testkit.RawClient;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Which events tell the application that a client has gone, and when. */
class CloseEventsTest {
  private static final int CLOSE = 8;

  private final Queue<String> events = new ConcurrentLinkedQueue<>();
  private final Queue<SocketState> states = new ConcurrentLinkedQueue<>();

  /** Records what happens to the socket and to its server when a client goes. */
  private void record(AGServerSocket socket) {
    List.of(AGServerSocket.CONNECT_ABORT, AGServerSocket.DISCONNECT, AGServerSocket.CLOSE)
        .forEach(name -> record(socket, name));
  }

  private void record(AGServerSocket socket, EventName<ConnectionEvent.Closed> name) {
    socket
        .listener(name)
        .consume(e -> events.add(name.name() + " " + e.code() + " " + e.reason()), Runnable::run);
  }

  private void record(AGServer server, EventName<ServerEvent.Closed> name) {
    server
        .listener(name)
        .consume(
            event -> {
              states.add(event.socket().state());
              events.add("server " + name.name() + " " + event.code() + " " + event.reason());
            },
            Runnable::run);
  }

  private TestServer start() {
    return TestServer.start(
        options -> options,
        server -> {
          server.listener(AGServer.HANDSHAKE).consume(e -> record(e.socket()), Runnable::run);
          List.of(AGServer.CONNECTION_ABORT, AGServer.DISCONNECTION, AGServer.CLOSURE)
              .forEach(name -> record(server, name));
        });
  }

  private static void close(RawClient client, int code, String reason) {
    byte[] text = reason.getBytes(UTF_8);
    client.sendFrame(
        CLOSE, ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array());
  }

  private void expectEvents(String... expected) {
    await().untilAsserted(() -> assertThat(events).hasSize(expected.length));
    assertThat(events).containsExactly(expected);
    assertThat(states).hasSize(2).containsOnly(SocketState.CLOSED);
  }

  @Test
  void whoLeavesBeforeTheHandshakeIsAnAbortAndNoDisconnect() {
    try (TestServer test = start()) {
      RawClient client = test.upgraded();
      await().until(() -> test.server().pendingClientsCount() == 1);

      close(client, 4444, "Disconnect before handshake");

      expectEvents(
          "connectAbort 4444 Disconnect before handshake",
          "server connectionAbort 4444 Disconnect before handshake",
          "close 4444 Disconnect before handshake",
          "server closure 4444 Disconnect before handshake");
      assertThat(test.server().pendingClientsCount()).isZero();
    }
  }

  @Test
  void whoLeavesAfterTheHandshakeIsADisconnectAndNoAbort() {
    try (TestServer test = start()) {
      RawClient client = test.open();

      close(client, 4445, "Disconnect after handshake");

      expectEvents(
          "disconnect 4445 Disconnect after handshake",
          "server disconnection 4445 Disconnect after handshake",
          "close 4445 Disconnect after handshake",
          "server closure 4445 Disconnect after handshake");
    }
  }

  @Test
  void aDisconnectIsToldAtOnceAndNotBehindTheRequestsThatWait() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    Queue<Integer> begun = new ConcurrentLinkedQueue<>();
    Queue<Throwable> warnings = new ConcurrentLinkedQueue<>();
    try (TestServer test = TestServer.start()) {
      test.server().listener(AGServer.WARNING).consume(event -> warnings.add(event.warning()));
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket.listener(AGServerSocket.DISCONNECT).consume(event -> told.countDown());
      socket
          .procedure("foo")
          .consume(
              request -> {
                begun.add(request.data().asInt());
                if (request.data().asInt() == 10) {
                  left.countDown();
                  told.await(); // the other nineteen wait
                  socket.invoke("bla", 10).exceptionally(failure -> null).join();
                  socket.transmit("hi", 10);
                }
                request.end("bar");
              });
      for (int i = 0; i < 30; i++) {
        client.invoke("foo", i);
      }
      left.await();
      close(client, 1000, "");

      // Each of the three that came too late is told.
      for (String what : List.of("invoke bla", "transmit hi", "response to call")) {
        await()
            .untilAsserted(
                () ->
                    assertThat(warnings)
                        .anySatisfy(
                            warning ->
                                assertThat(warning)
                                    .isInstanceOf(BadConnectionError.class)
                                    .hasMessageContaining(what)
                                    .hasMessageContaining("aborted")));
      }
      assertThat(begun.stream().limit(11).toList()).hasSize(11).endsWith(10);
    }
  }
}
