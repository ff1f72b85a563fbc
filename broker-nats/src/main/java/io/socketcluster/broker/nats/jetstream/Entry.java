// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.jetstream;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import java.time.Instant;

/**
 * A message in a stream without its data, or a gap. Immutable.
 *
 * @param sequence its number in the stream
 * @param size the bytes that it counts
 * @param at when it was stored
 * @param isGap whether messages may have been lost here, and this is none
 */
record Entry(long sequence, Run run, long size, Instant at, boolean isGap) {
  private static final String SIZE = "Nats-Msg-Size";

  /**
   * Reads the head of a message.
   *
   * @param before the run of the message before: somebody else has stored this one if it has none
   * @param wrapping the bytes that do not count
   */
  static Entry of(Message head, Run before, long wrapping) {
    Headers headers = head.getHeaders();
    Run run = Run.of(headers);
    String size = headers == null ? null : headers.getFirst(SIZE);
    long bytes = size == null ? head.getData().length : Long.parseLong(size);
    return new Entry(
        head.metaData().streamSequence(),
        run == null ? before : run,
        Math.max(0, bytes - wrapping),
        head.metaData().timestamp().toInstant(),
        false);
  }

  /** Reads the head of a message in an answer of JetStream. */
  static Entry of(JsonValue answer, Run before) {
    JsonValue message = JsonValueUtils.readObject(answer, "message");
    byte[] head = JsonValueUtils.readBase64(message, "hdrs");
    Run run = head == null ? null : Run.in(head);
    return new Entry(
        JsonValueUtils.readLong(message, "seq", 0),
        run == null ? before : run,
        0,
        JsonValueUtils.readDate(message, "time").toInstant(),
        false);
  }

  static Entry gap(Run run, Instant at) {
    return new Entry(run.start(), run, 0, at, true);
  }

  long offset() {
    return run.offset(sequence);
  }
}
