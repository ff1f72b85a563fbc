// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.jetstream;

import io.nats.client.impl.Headers;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import io.socketcluster.protocol.errors.BrokerError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Notes in a stream of its own which run of the NATS server each stream is in. A server writes to
 * the disk after it has acknowledged, and may have forgotten the end of a stream when it is started
 * again; a disk may have been restored. The first connection to another run of the server begins a
 * run of the stream. Thread-safe; no method blocks.
 */
final class Runs {
  private static final long JUMP = 1L << 32;
  private static final int PER_MILLI_BITS = 10; // a thousand messages each millisecond
  private static final String EXPECTED_LAST = "Nats-Expected-Last-Subject-Sequence";

  private final StreamRequests requests;
  private final StreamPublishes publishes;
  private final String prefix;
  private final String server;

  /**
   * @param server names the run of the server to which the connection is
   */
  Runs(StreamRequests requests, StreamPublishes publishes, String prefix, String server) {
    this.requests = requests;
    this.publishes = publishes;
    this.prefix = prefix;
    this.server = server;
  }

  /** A note about a stream: its run, or null, and the sequence number of the note. */
  private record Note(@Nullable Run run, long sequence) {}

  /**
   * Returns the run that a stream is in.
   *
   * @param isNew whether nothing was ever stored in the stream
   */
  CompletableFuture<Run> of(HistoryStream stream, boolean isNew) {
    return requests
        .create(name(), config())
        .handle(Runs::isThere)
        .thenCompose(there -> known(stream, isNew));
  }

  /** An operator may have given the stream more replicas, or other bounds. */
  private static boolean isThere(@Nullable JsonValue created, @Nullable Throwable failure) {
    if (created != null) {
      return true;
    }
    BrokerError error = StreamRequests.error(failure);
    if (error instanceof StreamRefusal refusal && refusal.is(StreamRefusal.NAME_TAKEN)) {
      return true;
    }
    throw error;
  }

  private String name() {
    return HistoryStreams.namePart(prefix) + "_runs";
  }

  private String subject(HistoryStream stream) {
    return prefix + ".runs." + stream.name();
  }

  private Map<String, Object> config() {
    return Map.of(
        "name",
        name(),
        "subjects",
        List.of(prefix + ".runs.*"),
        "retention",
        "limits",
        "storage",
        "file",
        "max_msgs_per_subject",
        1);
  }

  private CompletableFuture<Run> known(HistoryStream stream, boolean isNew) {
    return requests
        .ask("STREAM.MSG.GET." + name(), Map.of("last_by_subj", subject(stream)))
        .handle(Runs::note)
        .thenCompose(
            note -> {
              Run run = note.run();
              return run != null && run.server().equals(server)
                  ? CompletableFuture.completedFuture(run)
                  : begun(stream, note, isNew);
            });
  }

  private static Note note(@Nullable JsonValue answer, @Nullable Throwable failure) {
    if (answer == null) {
      BrokerError error = StreamRequests.error(failure);
      if (error instanceof StreamRefusal refusal && refusal.is(StreamRefusal.NO_MESSAGE)) {
        return new Note(null, 0);
      }
      throw error;
    }
    JsonValue message = JsonValueUtils.readObject(answer, "message");
    byte[] text = JsonValueUtils.readBase64(message, "data");
    Run run = text == null ? null : Run.of(new String(text, StandardCharsets.US_ASCII));
    return new Note(run, JsonValueUtils.readLong(message, "seq", 0));
  }

  /** Begins a run behind a place in the stream, unless another connection was earlier. */
  private CompletableFuture<Run> begun(HistoryStream stream, Note before, boolean isNew) {
    Run earlier = before.run();
    if (earlier == null && isNew) {
      return noted(stream, before, new Run(server, 0, 0));
    }
    long base = Math.max(base(earlier) + JUMP, System.currentTimeMillis() << PER_MILLI_BITS);
    return publishes
        .publish(stream.subject(Places.name("run", base)), new Headers(), new byte[0])
        .thenCompose(place -> noted(stream, before, new Run(server, base, place)));
  }

  private static long base(@Nullable Run run) {
    return run == null ? 0 : run.base();
  }

  private CompletableFuture<Run> noted(HistoryStream stream, Note before, Run run) {
    Headers headers = new Headers().put(EXPECTED_LAST, Long.toString(before.sequence()));
    byte[] text = run.toText().getBytes(StandardCharsets.US_ASCII);
    return publishes
        .publish(subject(stream), headers, text)
        .handle((sequence, failure) -> sequence == null ? failure : null)
        .thenCompose(
            failure -> {
              if (failure == null) {
                return CompletableFuture.completedFuture(run);
              }
              return failure instanceof StreamRefusal refusal
                      && refusal.is(StreamRefusal.WRONG_SEQUENCE)
                  ? known(stream, false)
                  : CompletableFuture.failedFuture(failure);
            });
  }
}
