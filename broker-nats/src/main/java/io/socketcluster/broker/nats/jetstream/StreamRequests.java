// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.jetstream;

import io.nats.client.Connection;
import io.nats.client.JetStreamStatusException;
import io.nats.client.Message;
import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.BrokerError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks the API of JetStream on one connection. Thread-safe; no method blocks. */
final class StreamRequests {
  static final String API = "$JS.API.";
  private static final int REPLICAS = 3;

  private final Connection connection;
  private final Duration limit;

  StreamRequests(Connection connection, Duration limit) {
    this.connection = connection;
    this.limit = limit;
  }

  /** Returns how long an answer may take. */
  Duration limit() {
    return limit;
  }

  /**
   * Asks; the future has the answer, or fails with a {@link BrokerError}: a {@link StreamRefusal}
   * if JetStream has answered with an error.
   */
  CompletableFuture<JsonValue> ask(String what, Map<String, ?> about) {
    return connection
        .request(API + what, Payload.of(about).toBytes())
        .orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
        .handle(StreamRequests::answer);
  }

  /**
   * Creates a stream, in a cluster with three replicas: a single server may forget what it has
   * acknowledged. A cluster of fewer servers has to do with a single one.
   */
  CompletableFuture<JsonValue> create(String name, Map<String, ?> config) {
    if (connection.getServerInfo().getCluster() == null) {
      return create(name, config, 1);
    }
    return create(name, config, REPLICAS)
        .exceptionallyCompose(
            failure ->
                cause(failure) instanceof StreamRefusal refusal
                        && refusal.is(StreamRefusal.TOO_FEW_SERVERS)
                    ? create(name, config, 1)
                    : CompletableFuture.failedFuture(failure));
  }

  private CompletableFuture<JsonValue> create(String name, Map<String, ?> config, int replicas) {
    Map<String, Object> all = new LinkedHashMap<>(config);
    all.put("num_replicas", replicas);
    return ask("STREAM.CREATE." + name, all);
  }

  private static JsonValue answer(@Nullable Message message, @Nullable Throwable failure) {
    if (message == null) {
      throw error(failure);
    }
    return parsed(message);
  }

  /**
   * Returns the JSON of an answer.
   *
   * @throws BrokerError if it is an error
   */
  static JsonValue parsed(Message answer) {
    if (answer.isStatusMessage()) {
      throw new BrokerError(StreamRefusal.noJetStream(String.valueOf(answer.getStatus())));
    }
    JsonValue json;
    try {
      json = JsonParser.parse(answer.getData());
    } catch (JsonParseException e) {
      throw new BrokerError("JetStream answers with what is no JSON", e);
    }
    JsonValue error = JsonValueUtils.readObject(json, "error");
    int code = JsonValueUtils.readInteger(error, "err_code", 0);
    if (code != 0) {
      throw new StreamRefusal(code, JsonValueUtils.readString(error, "description", ""));
    }
    return json;
  }

  /** Returns what is told of a failure. */
  static BrokerError error(@Nullable Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof BrokerError known) {
      return known;
    }
    if (cause instanceof JetStreamStatusException || cause instanceof CancellationException) {
      return new BrokerError(StreamRefusal.noJetStream("nobody answers"), cause);
    }
    if (cause instanceof TimeoutException) {
      String hint =
          "JetStream does not answer; the user of the servers has to be allowed to publish";
      return new BrokerError(hint + " to $JS.API.> and to subscribe to _INBOX.>", cause);
    }
    return new BrokerError("JetStream cannot be asked: " + cause, cause);
  }

  static Throwable cause(@Nullable Throwable failure) {
    Throwable known = failure == null ? new IllegalStateException("no answer") : failure;
    Throwable cause = known.getCause();
    return known instanceof CompletionException && cause != null ? cause : known;
  }
}
