// SPDX-License-Identifier: MIT
package io.socketcluster.http.fallback.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * An event in the format of server-sent events, which both directions use.
 *
 * @param type empty for a text message
 * @param id the number of the message, 0 if the event has none
 * @param data the content of a message, decoded, or else the lines of the data
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
record Event(String type, long id, byte[] data) {
  /** A text message. */
  static final String MESSAGE = "";

  /** A text message in base64, for carriage returns end lines of events. */
  static final String TEXT = "text";

  /** A binary message in base64. */
  static final String BINARY = "binary";

  /** The data is the number of messages that the sender of the event has received. */
  static final String ACK = "ack";

  /** The data is the number of messages that the server has sent. */
  static final String SENT = "sent";

  /** The connection ends: the data is the code, a space and the reason. */
  static final String CLOSE = "close";

  /** The session is open: the data is its id. */
  static final String OPEN = "open";

  /** A question whether the other side lives. */
  static final String PROBE = "probe";

  /** A WebSocket takes over: the data is the number of messages that the client has received. */
  static final String RESUME = "resume";

  boolean isMessage() {
    return type.equals(MESSAGE) || type.equals(TEXT) || type.equals(BINARY);
  }

  /** Returns the number in the data, or -1. */
  long number() {
    return numberIn(new String(data, UTF_8));
  }

  static long numberIn(String text) {
    return text.matches("[0-9]{1,15}") ? Long.parseLong(text) : -1;
  }

  /** Writes an event that is no message. */
  static String of(String type, String data) {
    return "event: " + type + "\ndata: " + data + "\n\n";
  }
}
