// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.history;

import io.socketcluster.benchmarks.load.LoadClient;
import io.socketcluster.benchmarks.load.Wire;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;

/**
 * A subscriber of a channel, perhaps with its position in the history, or of differences. Not
 * thread-safe.
 */
final class KeptClient implements LoadClient {
  private static final String PUBLISH = "\"#publish\"";

  private final Wire wire;
  private final String channel;
  private final String asked;
  private final boolean hasPosition;
  private final LongAdder bytes;
  private int calls;
  private String epoch = "";
  private long offset;

  /**
   * Creates a client.
   *
   * @param asked the members of the data of its subscription
   * @param bytes is told how long the messages are
   */
  KeptClient(int port, String channel, String asked, LongAdder bytes) throws IOException {
    this.wire = new Wire(port);
    this.channel = channel;
    this.asked = asked;
    this.hasPosition = asked.contains("recover");
    this.bytes = bytes;
  }

  @Override
  public void open() throws IOException {
    wire.upgrade("/socketcluster/");
    call("{\"event\":\"#handshake\",\"data\":{}");
    subscribe();
  }

  /** Subscribes, from its position on if it has one; returns how many messages it was sent. */
  int subscribe() throws IOException {
    String position = epoch.isEmpty() ? "" : ",\"epoch\":\"" + epoch + "\",\"offset\":" + offset;
    String data = asked.isEmpty() ? "" : ",\"data\":{" + asked + position + "}";
    return call("{\"event\":\"#subscribe\",\"data\":{\"channel\":\"" + channel + "\"" + data + "}");
  }

  void unsubscribe() throws IOException {
    call("{\"event\":\"#unsubscribe\",\"data\":\"" + channel + "\"");
  }

  void echo() throws IOException {
    call("{\"event\":\"echo\",\"data\":1");
  }

  /** Sends a call without its end; returns how many messages came before the answer. */
  private int call(String packet) throws IOException {
    String answer = "\"rid\":" + ++calls;
    wire.sendFrame(packet + ",\"cid\":" + calls + "}");
    int messages = 0;
    String frame = wire.frame();
    while (!frame.contains(answer)) {
      messages += take(frame);
      frame = wire.frame();
    }
    if (frame.contains("\"error\"")) {
      throw new IOException(frame);
    }
    return messages;
  }

  @Override
  public int await() throws IOException {
    return take(wire.frame());
  }

  /** Returns how many messages of the application a frame has. */
  private int take(String frame) throws IOException {
    if (frame.isEmpty()) {
      wire.sendFrame("");
      return 0;
    }
    if (!frame.contains(PUBLISH)) {
      return 0;
    }
    bytes.add(frame.length());
    if (hasPosition) {
      note(frame);
    }
    if (frame.contains("\"gap\"")) {
      throw new IOException("There is a gap: " + frame);
    }
    return frame.contains("\"start\"") ? 0 : 1;
  }

  private void note(String frame) {
    if (epoch.isEmpty()) {
      epoch = frame.replaceAll(".*\"epoch\":\"([^\"]+)\".*", "$1");
    }
    int at = frame.indexOf("\"offset\":") + "\"offset\":".length();
    int end = at;
    while (Character.isDigit(frame.charAt(end))) {
      end++;
    }
    offset = Long.parseLong(frame, at, end, 10);
  }
}
