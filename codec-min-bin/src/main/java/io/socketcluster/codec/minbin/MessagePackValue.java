// SPDX-License-Identifier: MIT
package io.socketcluster.codec.minbin;

import io.socketcluster.protocol.EncodedValue;
import io.socketcluster.protocol.Payload;
import tools.jackson.databind.JsonNode;

/** A checked value inside of a received message. The array must not change. */
final class MessagePackValue implements EncodedValue {
  private static final Payload NIL = Payload.of(null);

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

  void writeTo(MessageOutput out) {
    out.bytes(in, start, end - start);
  }
}
