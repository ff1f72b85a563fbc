// SPDX-License-Identifier: MIT
package io.socketcluster.codec.minbin;

import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.MalformedMessageException;

/** Goes over the values of a message and checks them. What it has passed can be read safely. */
final class MessageScanner {
  private static final int LEVELS_OF_BINARY = 1; // it is an object in JSON
  private static final int LEVELS_OF_EXTENSION = 2; // it is an object with bytes in it

  private final MessageInput in;
  private final int maxDepth;
  private int depth;

  MessageScanner(MessageInput in, int maxDepth) {
    this.in = in;
    this.maxDepth = maxDepth;
  }

  void enter() {
    depth++;
    checkDepth(0);
  }

  void leave() {
    depth--;
  }

  private void checkDepth(int more) {
    if (depth + more > maxDepth) {
      throw new MalformedMessageException(
          CloseCode.POLICY_VIOLATION,
          "The message has a nesting depth over the limit of " + maxDepth);
    }
  }

  void skipValue() {
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
