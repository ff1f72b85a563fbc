// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.jetstream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A time in which a stream has forgotten nothing that it acknowledged. The sequence numbers of a
 * stream may be given again after it has lost its end; offsets are not, for those of a later run
 * are all greater. Immutable.
 *
 * @param server the run of the NATS server
 * @param base what is added to a sequence number
 * @param start the sequence number at which the run has begun; 0 for the first run of a stream
 */
record Run(String server, long base, long start) {
  /** Of a stream whose run is not known yet. */
  static final Run NONE = new Run("-", 0, 0);

  private static final String HEADER = "Socketcluster-Run";
  private static final int PARTS = 3;

  long offset(long sequence) {
    return base + sequence;
  }

  /** Returns the offset of what may have been lost before this run. */
  long gap() {
    return offset(start);
  }

  boolean isFirst() {
    return start == 0;
  }

  /** Returns the offset before a message, given the sequence number of the one before. */
  long previous(long sequence) {
    if (sequence > start) {
      return offset(sequence);
    }
    return isFirst() ? 0 : gap();
  }

  void put(Headers headers) {
    headers.put(HEADER, this.toText());
  }

  String toText() {
    return server + " " + base + " " + start;
  }

  /** Returns the run in the headers of a message, or null if there is none. */
  static @Nullable Run of(@Nullable Headers headers) {
    String text = headers == null ? null : headers.getFirst(HEADER);
    return text == null ? null : of(text);
  }

  /** Returns the run in the bytes of the headers of a message, or null if there is none. */
  static @Nullable Run in(byte[] headers) {
    String name = HEADER + ":";
    return new String(headers, US_ASCII)
        .lines()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .map(line -> of(line.substring(name.length()).strip()))
        .orElse(null);
  }

  static @Nullable Run of(String text) {
    String[] parts = text.split(" ", -1);
    try {
      return parts.length == PARTS
          ? new Run(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]))
          : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
