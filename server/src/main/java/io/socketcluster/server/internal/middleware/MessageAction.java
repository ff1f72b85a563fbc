// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.middleware;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGServerSocket;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.StringNode;

/** A message that nobody has decoded yet: its data is the text or the bytes that came. */
public final class MessageAction extends PendingAction {
  private final byte[] message;
  private final boolean binary;
  private volatile byte @Nullable [] replacement;

  /** Creates the action of a message; its bytes must not change afterwards. */
  public MessageAction(AGServerSocket socket, byte[] message, boolean binary) {
    super(Type.MESSAGE, socket.request(), socket);
    this.message = message;
    this.binary = binary;
  }

  /** Returns the bytes to go on with. */
  public byte[] message() {
    byte[] replaced = replacement;
    return replaced == null ? message : replaced;
  }

  @Override
  public JsonNode data() {
    return binary ? BinaryNode.valueOf(message.clone()) : StringNode.valueOf(text());
  }

  @Override
  public Payload payload() {
    return Payload.of(data());
  }

  @Override
  public <T> T data(Class<T> type) {
    if (type.isAssignableFrom(String.class)) {
      return type.cast(text());
    }
    if (type == byte[].class) {
      return type.cast(message.clone());
    }
    if (type.isAssignableFrom(JsonNode.class)) {
      return type.cast(data());
    }
    throw isNo(type.getName());
  }

  @Override
  @SuppressWarnings("unchecked") // the class is the one that the reference names
  public <T> T data(TypeReference<T> type) {
    if (type.getType() instanceof Class<?> plain) {
      return (T) data(plain);
    }
    throw isNo(type.getType().getTypeName());
  }

  private static InvalidArgumentsError isNo(String type) {
    return new InvalidArgumentsError(
        "The data of a message is a String, byte[] or JsonNode, not a " + type);
  }

  @Override
  public void allow(@Nullable Object other) {
    byte[] bytes = bytesOf(other);
    Decision decision = allowed("allow");
    replacement = bytes;
    decision.allowed(null);
  }

  private String text() {
    return new String(message, UTF_8);
  }

  private byte[] bytesOf(@Nullable Object other) {
    return switch (other) {
      case byte[] bytes -> bytes.clone();
      case BinaryNode bytes -> bytes.binaryValue().clone();
      case String text -> text.getBytes(UTF_8);
      case StringNode text -> text.stringValue().getBytes(UTF_8);
      case null, default -> mapper().write(other).toBytes();
    };
  }
}
