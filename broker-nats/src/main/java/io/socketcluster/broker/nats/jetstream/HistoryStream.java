// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.jetstream;

import io.nats.client.impl.Headers;

/**
 * The stream of the channels that have the same bounds. Its name ends in its epoch, which no two
 * streams share. Immutable.
 *
 * @param subjects what the subjects of all its messages begin with
 * @param size how many messages of a channel it keeps
 */
record HistoryStream(String name, String subjects, int size, Run run) {
  private static final String EXPECTED_STREAM = "Nats-Expected-Stream";

  String epoch() {
    return epoch(name);
  }

  static String epoch(String name) {
    return name.substring(name.lastIndexOf('_') + 1);
  }

  /** Returns the subject that ends so. */
  String subject(String end) {
    return subjects + end;
  }

  /** Returns the headers of a message, which no other stream takes. */
  Headers headers() {
    Headers headers = new Headers().put(EXPECTED_STREAM, name);
    run.put(headers);
    return headers;
  }

  HistoryStream in(Run other) {
    return new HistoryStream(name, subjects, size, other);
  }
}
