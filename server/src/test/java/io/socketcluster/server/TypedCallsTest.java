// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.core.connection.ApplicationThreads;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.TimeoutError;
import io.socketcluster.testkit.RawClient;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Calls of the server whose answers have a type, and those that a thread waits for. */
class TypedCallsTest {
  record Place(String city, int zip) {}

  private final TestServer test = TestServer.start();
  private final RawClient client = test.open();
  private final AGServerSocket socket = test.socketOf(client);

  @AfterEach
  void close() {
    test.close();
  }

  private static <T> CompletableFuture<T> elsewhere(Callable<T> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    ApplicationThreads.EXECUTOR.execute(
        () -> {
          try {
            result.complete(call.call());
          } catch (Exception e) {
            result.completeExceptionally(e);
          }
        });
    return result.orTimeout(60, TimeUnit.SECONDS);
  }

  @Test
  void theAnswerOfAnInvokeIsBoundToItsType() {
    CompletableFuture<Place> place = socket.invoke("place", null, Place.class);

    assertThat(client.next()).isEqualTo("{\"event\":\"place\",\"cid\":1}");
    client.send("{\"rid\":1,\"data\":{\"city\":\"Bonn\",\"zip\":53111}}");

    assertThat(place.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo(new Place("Bonn", 53111));
  }

  @Test
  void aCallReturnsItsAnswer() {
    CompletableFuture<Place> place = elsewhere(() -> socket.call("place", 7, Place.class));
    assertThat(client.next()).isEqualTo("{\"event\":\"place\",\"data\":7,\"cid\":1}");
    client.send("{\"rid\":1,\"data\":{\"city\":\"Bonn\",\"zip\":53111}}");
    assertThat(place.join()).isEqualTo(new Place("Bonn", 53111));

    CompletableFuture<JsonNode> none = elsewhere(() -> socket.call("none", null));
    client.next();
    client.send("{\"rid\":2}");
    assertThat(none.join().isMissingNode()).isTrue();
  }

  @Test
  void aCallThrowsTheErrorOfTheClient() {
    CompletableFuture<JsonNode> failed = elsewhere(() -> socket.call("buy", "tea"));
    client.next();
    client.send("{\"rid\":1,\"error\":{\"name\":\"SoldOut\",\"message\":\"No tea\"}}");

    assertThatThrownBy(failed::join)
        .hasCauseInstanceOf(AGException.class)
        .hasRootCauseMessage("No tea");
  }

  @Test
  void aCallThrowsATimeoutErrorWithoutAnAnswer() {
    try (TestServer hasty =
        TestServer.start(options -> options.ackTimeout(Duration.ofMillis(50)))) {
      AGServerSocket other = hasty.socketOf(hasty.open());

      assertThatThrownBy(() -> other.call("never", null)).isInstanceOf(TimeoutError.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"data\":null", ",\"data\":\"Bonn\"", ",\"data\":{\"zip\":\"x\"}"})
  void anAnswerOfAnotherFormIsAnInvalidArgumentsError(String data) {
    CompletableFuture<Place> place = socket.invoke("place", null, Place.class);
    client.next();
    client.send("{\"rid\":1" + data + "}");

    assertThatThrownBy(() -> place.get(60, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InvalidArgumentsError.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "P25D"})
  void anAckTimeoutOutOfItsBoundsIsRefused(Duration ackTimeout) {
    assertThatThrownBy(() -> socket.invoke("a", 1, ackTimeout))
        .isInstanceOf(InvalidArgumentsError.class)
        .hasMessage("ackTimeout is " + ackTimeout + "; allowed: PT0S to PT576H");
  }

  @Test
  void aTypeThatJacksonCannotMakeIsRefusedBeforeAnythingIsSent() {
    assertThatThrownBy(() -> socket.call("a", 1, Runnable.class))
        .isInstanceOf(IllegalArgumentException.class);
    socket.transmit("next", null);
    assertThat(client.next()).isEqualTo("{\"event\":\"next\"}");
  }
}
