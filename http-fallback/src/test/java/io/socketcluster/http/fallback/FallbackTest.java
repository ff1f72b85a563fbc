// SPDX-License-Identifier: MIT
package io.socketcluster.http.fallback;

import static io.socketcluster.http.fallback.TestFallback.transmit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.http.fallback.TestFallback.Events;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.testkit.RawClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages over streams, polls, posts and a WebSocket: none is lost, and all keep their order. */
class FallbackTest {
  private final TestFallback fallback = new TestFallback();

  @AfterEach
  void close() {
    fallback.close();
  }

  private AGServerSocket socket() {
    await().until(() -> !fallback.sockets.isEmpty());
    return fallback.sockets.element();
  }

  @Test
  void aStreamCarriesWhatTheSocketSends() {
    String session = fallback.open();
    try (Events events = fallback.stream(session, 0)) {
      assertThat(fallback.say(session, 1, TestFallback.HANDSHAKE).body())
          .startsWith("event: ack\ndata: 1\n\nevent: sent\ndata: ");
      assertThat(events.next()).matches("(?s)id: 1\ndata: \\{\"rid\":1,\"data\":\\{\"id\":.*");
      fallback.say(session, 2, "{\"event\":\"echo\",\"data\":\"ä€😀\",\"cid\":2}");
      assertThat(events.next()).isEqualTo("id: 2\ndata: {\"rid\":2,\"data\":\"ä€😀\"}");
    }
  }

  @Test
  void aPollIsAnsweredWhenThereIsAMessage() {
    String session = fallback.connect();
    assertThat(fallback.poll(session, 0).body()).startsWith("id: 1\ndata: {\"rid\":1,");
    CompletableFuture<HttpResponse<String>> poll =
        fallback.sendLater(fallback.request("events?" + session + "&after=1&poll=1"));
    socket().transmit("news", 1);
    assertThat(poll.join().body()).isEqualTo("id: 2\ndata: {\"event\":\"news\",\"data\":1}\n\n");
  }

  @Test
  void whatIsNotAcknowledgedIsSentAgain() {
    String session = fallback.connect();
    fallback.poll(session, 0);
    socket().transmit("news", 1);
    String news = fallback.poll(session, 1).body();
    socket().transmit("news", 2);
    try (Events events = fallback.stream(session, 1)) {
      assertThat(events.next() + "\n\n").isEqualTo(news);
      assertThat(events.next()).contains("\"data\":2");
    }
    try (Events events = fallback.stream(session, 2)) {
      assertThat(events.next()).isEqualTo("id: 3\ndata: {\"event\":\"news\",\"data\":2}");
    }
  }

  @Test
  void postedMessagesThatComeTwiceAreTakenOnce() {
    String session = fallback.connect();
    fallback.say(session, 2, transmit("say", "a"), transmit("say", "b"));
    assertThat(fallback.say(session, 2, transmit("say", "a"), transmit("say", "b")).body())
        .startsWith("event: ack\ndata: 3\n\n");
    fallback.say(session, 3, transmit("say", "b"), transmit("say", "c"));
    await().untilAsserted(() -> assertThat(fallback.heard).containsExactly("a", "b", "c"));
  }

  @Test
  void aMessageThatIsMissingIsAConflict() {
    String session = fallback.connect();
    assertThat(fallback.say(session, 3, "{}").statusCode()).isEqualTo(409);
    assertThat(fallback.poll(session, 9).statusCode()).as("so many were not sent").isEqualTo(409);
    assertThat(fallback.say(session, 2, transmit("say", "a")).statusCode()).isEqualTo(200);
  }

  @Test
  void theNewStreamEndsTheOldOne() {
    String session = fallback.connect();
    try (Events old = fallback.stream(session, 0)) {
      assertThat(old.next()).startsWith("id: 1\n");
      try (Events events = fallback.stream(session, 1)) {
        assertThat(old.next()).isEqualTo("end");
        socket().transmit("news", 1);
        assertThat(events.next()).startsWith("id: 2\n");
      }
    }
  }

  @Test
  void aSessionChangesToAWebSocketAndBack() {
    String session = fallback.connect();
    try (Events events = fallback.stream(session, 0)) {
      assertThat(events.next()).startsWith("id: 1\n");
      try (RawClient webSocket = fallback.webSocket(session)) {
        webSocket.send("event: probe\ndata:\n\n");
        assertThat(webSocket.next()).isEqualTo("event: probe\ndata: \n\n");
        socket().transmit("news", 1);
        assertThat(events.next()).as("not changed yet").startsWith("id: 2\n");
        webSocket.send("event: resume\ndata: 1\n\n");
        assertThat(webSocket.next()).isEqualTo("event: ack\ndata: 1\n\n");
        assertThat(webSocket.next()).as("sent again").startsWith("id: 2\n");
        assertThat(events.next()).isEqualTo("end");
        webSocket.send("event: ack\ndata: 2\n\nid: 2\n" + "data: " + transmit("say", "a") + "\n\n");
        assertThat(webSocket.next()).isEqualTo("event: ack\ndata: 2\n\n");
      }
    }
    socket().transmit("news", 2);
    try (Events events = fallback.stream(session, 2)) {
      assertThat(events.next()).isEqualTo("id: 3\ndata: {\"event\":\"news\",\"data\":2}");
    }
    fallback.say(session, 2, transmit("say", "a"), transmit("say", "b"));
    await().untilAsserted(() -> assertThat(fallback.heard).containsExactly("a", "b"));
    assertThat(fallback.sockets).hasSize(1);
  }

  @Test
  void theClientLeaves() {
    String session = fallback.connect();
    socket();
    fallback.post("messages?" + session, "event: close\ndata: 4321 my reason\n\n");
    await().untilAsserted(() -> assertThat(fallback.ended).containsExactly("4321 my reason"));
    assertThat(fallback.poll(session, 0).statusCode()).isEqualTo(404);
  }

  @Test
  void theServerSaysWhyItCloses() {
    String session = fallback.connect();
    try (Events events = fallback.stream(session, 0)) {
      events.next();
      socket().disconnect(4567, "my\nreason");
      assertThat(events.next()).isEqualTo("event: close\ndata: 4567 my reason");
      assertThat(events.next()).isEqualTo("end");
    }
  }

  /** What is not acknowledged counts as unread, though a stream has taken it. */
  @Test
  void aClientThatAcknowledgesNothingIsASlowConsumer() {
    try (TestFallback bounded =
        new TestFallback(options -> options.outboundBufferLimit(2000), options -> options)) {
      String session = bounded.connect();
      await().until(() -> !bounded.sockets.isEmpty());
      AGServerSocket socket = bounded.sockets.element();
      try (Events events = bounded.stream(session, 0)) {
        String data = "x".repeat(1000);
        await()
            .until(
                () -> {
                  for (int i = 0; i < 50; i++) {
                    socket.transmit("news", data);
                  }
                  return !bounded.ended.isEmpty();
                });
        assertThat(bounded.ended).first().asString().startsWith("4010 ");
        assertThat(events.next()).startsWith("id: 1\n");
      }
    }
  }

  @Test
  void aSessionWithoutARequestEndsAfterTheCloseTimeout() {
    try (TestFallback impatient =
        new TestFallback(
            options -> options.handshakeTimeout(Duration.ofHours(1)),
            options -> options.closeTimeout(Duration.ofMillis(100)))) {
      String session = impatient.open();
      await().until(() -> impatient.server.pendingClientsCount() == 0);
      assertThat(impatient.poll(session, 0).statusCode()).isEqualTo(404);
    }
  }
}
