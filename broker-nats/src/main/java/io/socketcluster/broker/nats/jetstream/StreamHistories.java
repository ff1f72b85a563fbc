// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.jetstream;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.api.ServerInfo;
import io.nats.client.impl.Headers;
import io.socketcluster.broker.cluster.ClusterMessage;
import io.socketcluster.broker.history.HistoryBounds;
import io.socketcluster.broker.history.HistoryPage;
import io.socketcluster.broker.history.HistoryPosition;
import io.socketcluster.broker.history.HistoryRequest;
import io.socketcluster.broker.nats.order.Incoming;
import io.socketcluster.protocol.errors.BrokerError;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps histories in JetStream, on one connection to NATS. Thread-safe; no method blocks, and each
 * future completes within the limit.
 */
public final class StreamHistories {
  private final StreamRequests requests;
  private final HistoryStreams streams;
  private final StreamPublishes publishes;
  private final StreamFetches fetches;
  private final Places places;
  private final UnaryOperator<String> subjects;
  private final Duration limit;

  /**
   * @param incoming receives the messages of the channels
   * @param prefix what all subjects begin with
   * @param subjects gives the two tokens that end the subject of a channel
   */
  public StreamHistories(
      Connection connection,
      Incoming incoming,
      String prefix,
      UnaryOperator<String> subjects,
      Duration limit) {
    this.subjects = subjects;
    this.limit = limit;
    requests = new StreamRequests(connection, limit);
    publishes = new StreamPublishes(connection, incoming);
    streams =
        new HistoryStreams(
            requests, new Runs(requests, publishes, prefix, runOf(connection)), prefix);
    fetches = new StreamFetches(connection, requests, limit);
    places = new Places(requests, publishes);
  }

  /** A cluster keeps what it has acknowledged when its servers are restarted. */
  private static String runOf(Connection connection) {
    ServerInfo server = connection.getServerInfo();
    return server.getCluster() == null ? server.getServerId() : "cluster";
  }

  /** Returns the position that JetStream has put on a message, or null if it keeps none. */
  public static @Nullable HistoryPosition positionOf(Message message) {
    Headers headers = message.getHeaders();
    Run run = Run.of(headers);
    if (headers == null || run == null) {
      return null;
    }
    String stream = headers.getFirst("Nats-Stream");
    String sequence = headers.getFirst("Nats-Sequence");
    String last = headers.getFirst("Nats-Last-Sequence");
    if (stream == null || sequence == null || last == null) {
      return null;
    }
    return new HistoryPosition(
        HistoryStream.epoch(stream),
        run.offset(Long.parseLong(sequence)),
        run.previous(Long.parseLong(last)));
  }

  /**
   * A message on its way.
   *
   * @param kept completes when JetStream has it, and the dispatcher has handed it over
   */
  public record Keeping(String subject, CompletableFuture<Long> kept) {}

  /**
   * Publishes a message, which JetStream keeps and republishes to the subscribers. Blocks until the
   * stream is known.
   *
   * @throws BrokerError if there is no such stream
   * @throws IllegalArgumentException if the message is larger than the server allows
   */
  public Keeping keep(ClusterMessage message) throws InterruptedException {
    HistoryStream stream = opened(Objects.requireNonNull(message.bounds(), "bounds"));
    String subject = stream.subject(subjects.apply(message.channel()));
    CompletableFuture<Long> kept =
        publishes
            .publish(message.channel(), subject, stream.headers(), message.toBytes())
            .whenComplete((sequence, failure) -> streams.failed(stream, failure));
    return new Keeping(subject, kept);
  }

  private HistoryStream opened(HistoryBounds bounds) throws InterruptedException {
    try {
      return streams.of(bounds).get();
    } catch (ExecutionException e) {
      throw StreamRequests.error(e.getCause());
    }
  }

  /** Reads a page. */
  public CompletableFuture<HistoryPage> read(HistoryRequest request) {
    String subject = subjects.apply(request.channel());
    return streams
        .of(request.bounds())
        .thenCompose(stream -> read(stream, request, stream.subject(subject)))
        .orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
        .exceptionallyCompose(
            failure -> CompletableFuture.failedFuture(StreamRequests.error(failure)));
  }

  private CompletableFuture<HistoryPage> read(
      HistoryStream stream, HistoryRequest request, String subject) {
    return new HistoryRead(requests, fetches, places, stream, request, subject)
        .page()
        .whenComplete((page, failure) -> streams.failed(stream, failure));
  }

  /** Returns what is told of a failure of these futures. */
  public static BrokerError error(@Nullable Throwable failure) {
    return StreamRequests.error(failure);
  }

  /** Fails what waits for JetStream. */
  public void close() {
    publishes.close();
    fetches.close();
  }
}
