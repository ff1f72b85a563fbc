// SPDX-License-Identifier: MIT
package io.socketcluster.codec.minbin;

import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.JsonLimits;
import io.socketcluster.protocol.MalformedMessageException;

/** Goes over the values of a message and checks them. What it has passed can be read safely. */
final class MessageScanner {
  private static final int LEVELS_OF_BINARY = 1; // it is an object in JSON
  private static final int LEVELS_OF_EXTENSION = 2; // it is an object with bytes in it

  private final MessageInput in;
  private final JsonLimits limits;
  private int depth;
  private int values; // of the packet
  private int valuesBefore; // of the packets before

  MessageScanner(MessageInput in, JsonLimits limits) {
    this.in = in;
    this.limits = limits;
  }

  /** Begins to count the values of another packet. */
  void beginPacket() {
    valuesBefore += values + 1;
    values = 0;
  }

  /** Checks how many values an event has. */
  void checkValues(String event) {
    limits.checkValues(event, values);
  }

  /** Checks how many values the whole message has, which becomes one tree at once. */
  void checkAllValues() {
    limits.checkFewValues(valuesBefore + values);
  }

  void enter() {
    depth++;
    checkDepth(0);
  }

  void leave() {
    depth--;
  }

  private void checkDepth(int more) {
    if (depth + more > limits.maxDepth()) {
      throw new MalformedMessageException(
          CloseCode.POLICY_VIOLATION,
          "The message has a nesting depth over the limit of " + limits.maxDepth());
    }
  }

  /** Counts a value. */
  void countValue() {
    limits.checkValues(++values);
  }

  void skipValue() {
    countValue();
    switch (in.kind()) {
      case NIL -> in.nil();
      case BOOLEAN -> in.bool();
      case INTEGER -> in.integer();
      case FLOAT -> in.floating();
      case STRING -> in.skipString();
      case BINARY -> {
        checkDepth(LEVELS_OF_BINARY);
        in.skipBinary();
      }
      case EXTENSION -> {
        checkDepth(LEVELS_OF_EXTENSION);
        in.skipExtension();
      }
      case ARRAY -> skipArray();
      case MAP -> skipMap();
      case NONE -> throw new AssertionError();
    }
  }

  private void skipArray() {
    enter();
    for (int left = in.arrayHeader(); left > 0; left--) {
      skipValue();
    }
    leave();
  }

  private void skipMap() {
    enter();
    for (int left = in.mapHeader(); left > 0; left--) {
      skipName();
      skipValue();
    }
    leave();
  }

  private void skipName() {
    switch (in.kind()) {
      case STRING -> in.skipString();
      case INTEGER -> in.integer();
      default -> throw noName();
    }
  }

  /** The name of a member. */
  String name() {
    return switch (in.kind()) {
      case STRING -> in.string();
      case INTEGER -> Trees.integer(in).asString();
      default -> throw noName();
    };
  }

  private MalformedMessageException noName() {
    return in.malformed("a name that is neither a string nor a whole number");
  }
}
