// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.api.ServerInfo;
import io.nats.client.impl.NatsMessage;
import io.socketcluster.broker.cluster.ConnectionEvents;
import io.socketcluster.broker.history.HistoryBounds;
import io.socketcluster.broker.nats.order.Incoming;
import io.socketcluster.broker.nats.order.StreamOrder;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HistoryStreamsTest {
  private static final HistoryBounds BOUNDS = new HistoryBounds(5, Duration.ofHours(1), 1_000);

  private final List<String> asked = new ArrayList<>();

  /** A connection on which requests are answered so, and publishes are never acknowledged. */
  private HistoryStreams streams(UnaryOperator<String> answers) {
    Dispatcher dispatcher = proxy(Dispatcher.class, (method, first) -> null);
    Connection connection =
        proxy(
            Connection.class,
            (method, first) ->
                switch (method) {
                  case "createInbox" -> "_INBOX.a";
                  case "getServerInfo" -> new ServerInfo("INFO {\"server_id\":\"here\"}");
                  case "request" -> answered(String.valueOf(first), answers);
                  default -> null;
                });
    StreamRequests requests = new StreamRequests(connection, Duration.ofMillis(300));
    StreamOrder order = new StreamOrder(proxy(ConnectionEvents.class, (method, first) -> null));
    StreamPublishes publishes = new StreamPublishes(connection, new Incoming(dispatcher, order));
    Runs runs = new Runs(requests, publishes, "p", "here");
    return new HistoryStreams(requests, runs, "p");
  }

  private CompletableFuture<Message> answered(String subject, UnaryOperator<String> answers) {
    asked.add(subject);
    byte[] json = answers.apply(subject).getBytes(StandardCharsets.UTF_8);
    return CompletableFuture.completedFuture(
        NatsMessage.builder().subject("answer").data(json).build());
  }

  private interface Calls {
    @Nullable Object of(String method, Object first);
  }

  private static <T> T proxy(Class<T> type, Calls calls) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                calls.of(method.getName(), arguments == null ? "" : arguments[0])));
  }

  @Test
  void aConnectionThatThrowsIsAFailureAndTheNextUseAsksAgain() {
    HistoryStreams streams =
        streams(
            subject -> {
              throw new IllegalStateException("Connection is Closed");
            });
    for (int attempt = 1; attempt <= 2; attempt++) {
      CompletableFuture<HistoryStream> opened = streams.of(BOUNDS);
      assertThatThrownBy(() -> opened.get(20, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("Connection is Closed");
      assertThat(asked).hasSize(attempt);
    }
  }

  @Test
  void aPublishWithoutAnAnswerIsAFailureInTime() {
    HistoryStreams streams =
        streams(
            subject ->
                subject.contains("STREAM.MSG.GET")
                    ? "{\"error\":{\"code\":404,\"err_code\":10037}}"
                    : "{\"streams\":[],\"state\":{\"last_seq\":0}}");
    assertThatThrownBy(() -> streams.of(BOUNDS).get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(TimeoutException.class);
    assertThat(streams.of(BOUNDS)).as("another attempt").isNotDone();
  }
}
