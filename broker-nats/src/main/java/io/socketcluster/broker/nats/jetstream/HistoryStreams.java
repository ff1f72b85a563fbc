// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.jetstream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import io.socketcluster.broker.history.HistoryBounds;
import io.socketcluster.protocol.errors.BrokerError;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds the streams by their bounds, and creates those that are missing. JetStream bounds the
 * messages of a subject for a stream as a whole; therefore channels with other bounds are in
 * another stream. Thread-safe; no method blocks.
 */
final class HistoryStreams {
  /** A message outlives its age, so that a client that has it can still be told from others. */
  private static final Duration OUTLIVES = Duration.ofHours(1);

  private static final int EPOCH_LENGTH = 12;

  private final StreamRequests requests;
  private final Runs runs;
  private final String prefix;

  @GuardedBy("this")
  private final Map<String, CompletableFuture<HistoryStream>> known = new HashMap<>();

  HistoryStreams(StreamRequests requests, Runs runs, String prefix) {
    this.requests = requests;
    this.runs = runs;
    this.prefix = prefix;
  }

  /** Returns the part of the names of streams that is the prefix: without dots. */
  static String namePart(String prefix) {
    return prefix.replace('.', '=');
  }

  /** Returns the stream of the channels with these bounds. */
  CompletableFuture<HistoryStream> of(HistoryBounds bounds) {
    String subjects = subjects(bounds);
    CompletableFuture<HistoryStream> opened = new CompletableFuture<>();
    synchronized (this) {
      CompletableFuture<HistoryStream> before = known.putIfAbsent(subjects, opened);
      if (before != null) {
        return before;
      }
    }
    open(new StreamSettings(prefix, subjects, bounds.size(), lifeOf(bounds)))
        .whenComplete(
            (stream, failure) -> {
              if (failure == null) {
                opened.complete(stream);
              } else {
                forget(subjects, opened);
                opened.completeExceptionally(StreamRequests.cause(failure));
              }
            });
    return opened;
  }

  /** Also what throws, or is never answered, is a failure: publishers wait for this. */
  private CompletableFuture<HistoryStream> open(StreamSettings settings) {
    return CompletableFuture.completedFuture(settings)
        .thenCompose(this::find)
        .thenCompose(name -> name.isEmpty() ? create(settings) : checked(settings, name))
        .orTimeout(requests.limit().toNanos(), TimeUnit.NANOSECONDS);
  }

  private synchronized void forget(String subjects, CompletableFuture<HistoryStream> failed) {
    known.remove(subjects, failed);
  }

  private String subjects(HistoryBounds bounds) {
    return prefix + ".keep." + bounds.size() + "-" + bounds.age().toMillis() + ".";
  }

  private static Duration lifeOf(HistoryBounds bounds) {
    return bounds.age().plus(OUTLIVES);
  }

  /** Looks for a stream again at its next use, if a failure says that there is another now. */
  void failed(HistoryStream stream, @Nullable Throwable failure) {
    if (failure != null
        && StreamRequests.cause(failure) instanceof StreamRefusal refusal
        && (refusal.is(StreamRefusal.NO_STREAM) || refusal.is(StreamRefusal.OTHER_STREAM))) {
      forget(stream);
    }
  }

  private synchronized void forget(HistoryStream stream) {
    known.remove(stream.subjects());
  }

  /** Returns the name of the stream that takes the subjects, or nothing if there is none. */
  private CompletableFuture<String> find(StreamSettings settings) {
    return requests
        .ask("STREAM.NAMES", Map.of("subject", settings.allSubjects()))
        .thenApply(
            answer -> {
              List<String> names = JsonValueUtils.readStringList(answer, "streams");
              return names.isEmpty() ? "" : names.getFirst();
            });
  }

  private CompletableFuture<HistoryStream> create(StreamSettings settings) {
    String epoch = UUID.randomUUID().toString().replace("-", "").substring(0, EPOCH_LENGTH);
    String name = namePart(prefix) + "_" + epoch;
    return requests
        .create(name, settings.of(name))
        .thenCompose(created -> inItsRun(settings, name, created))
        .exceptionallyCompose(failure -> createdByAnother(settings, failure));
  }

  private CompletableFuture<HistoryStream> createdByAnother(
      StreamSettings settings, Throwable failure) {
    Throwable cause = StreamRequests.cause(failure);
    if (!(cause instanceof StreamRefusal refusal) || !refusal.is(StreamRefusal.SUBJECTS_TAKEN)) {
      return CompletableFuture.failedFuture(cause);
    }
    return find(settings)
        .thenCompose(
            name ->
                name.isEmpty() ? CompletableFuture.failedFuture(cause) : checked(settings, name));
  }

  private CompletableFuture<HistoryStream> checked(StreamSettings settings, String name) {
    return requests
        .ask("STREAM.INFO." + name, Map.of())
        .thenCompose(
            info -> {
              List<String> others = settings.differences(JsonValueUtils.readObject(info, "config"));
              if (!others.isEmpty()) {
                throw new BrokerError(
                    "The stream "
                        + name
                        + " does not fit the policy: "
                        + String.join(", ", others));
              }
              return inItsRun(settings, name, info);
            });
  }

  private CompletableFuture<HistoryStream> inItsRun(
      StreamSettings settings, String name, JsonValue info) {
    HistoryStream stream = new HistoryStream(name, settings.subjects(), settings.size(), Run.NONE);
    JsonValue state = JsonValueUtils.readObject(info, "state");
    boolean isNew = JsonValueUtils.readLong(state, "last_seq", 0) == 0;
    return runs.of(stream, isNew).thenApply(stream::in);
  }
}
