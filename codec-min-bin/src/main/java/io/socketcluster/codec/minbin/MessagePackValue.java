// SPDX-License-Identifier: MIT
package io.socketcluster.codec.minbin;

import io.socketcluster.protocol.EncodedValue;
import io.socketcluster.protocol.Footprint;
import io.socketcluster.protocol.Payload;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/** A checked value inside of a received message. The array must not change. */
final class MessagePackValue implements EncodedValue {
  private static final Payload NIL = Payload.of(null);
  private static final int WORTH_COPYING = 1024;

  private final byte[] in;
  private final int start;
  private final int end;

  private MessagePackValue(byte[] in, int start, int end) {
    this.in = in;
    this.start = start;
    this.end = end;
  }

  static Payload payload(byte[] in, int start, int end) {
    boolean nil = (in[start] & 0xff) == Format.NIL;
    return nil ? NIL : Payload.ofEncoded(new MessagePackValue(in, start, end));
  }

  @Override
  public JsonNode toNode() {
    return Trees.of(new MessageInput(in, start, end));
  }

  @Override
  public int size() {
    return end - start;
  }

  @Override
  public EncodedValue compact() {
    int length = end - start;
    return in.length > WORTH_COPYING + 4 * length
        ? new MessagePackValue(Arrays.copyOfRange(in, start, end), 0, length)
        : this;
  }

  @Override
  public void addTo(Footprint footprint) {
    footprint.add(in);
  }

  void writeTo(MessageOutput out) {
    out.bytes(in, start, end - start);
  }
}
