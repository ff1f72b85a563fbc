// SPDX-License-Identifier: MIT
package io.socketcluster.sessions.internal;

import io.socketcluster.protocol.Payload;
import io.socketcluster.server.AGServerSocket;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An order to all sockets of a session, on every server. */
sealed interface SessionOrder {
  /** Does it with a socket. May block. */
  void carryOut(AGServerSocket socket);

  /** Returns the order as JSON, by which the servers tell each other. */
  ObjectNode toJson();

  /** Returns an order, or null if the message has another form. */
  static @Nullable SessionOrder parse(JsonNode message) {
    if (message.path("disconnect").isIntegralNumber()) {
      return new Disconnect(
          message.path("disconnect").intValue(), message.path("reason").stringValue(null));
    }
    if (message.path("kickOut").isString()) {
      return new KickOut(
          message.path("kickOut").stringValue(), message.path("message").stringValue(null));
    }
    String event = message.path("event").stringValue("");
    JsonNode data = message.path("data");
    return event.isEmpty()
        ? null
        : new Transmit(event, data.isMissingNode() ? null : Payload.of(data));
  }

  /** Sends an event; null is no data. */
  record Transmit(String event, @Nullable Payload data) implements SessionOrder {
    @Override
    public void carryOut(AGServerSocket socket) {
      socket.transmit(event, data);
    }

    @Override
    public ObjectNode toJson() {
      ObjectNode message = JsonNodeFactory.instance.objectNode().put("event", event);
      if (data != null) {
        message.set("data", data.node());
      }
      return message;
    }
  }

  /** Ends a subscription. */
  record KickOut(String channel, @Nullable String message) implements SessionOrder {
    @Override
    public void carryOut(AGServerSocket socket) {
      socket.kickOut(channel, message);
    }

    @Override
    public ObjectNode toJson() {
      return JsonNodeFactory.instance.objectNode().put("kickOut", channel).put("message", message);
    }
  }

  /** Ends the connection. */
  record Disconnect(int code, @Nullable String reason) implements SessionOrder {
    @Override
    public void carryOut(AGServerSocket socket) {
      socket.disconnect(code, reason);
    }

    @Override
    public ObjectNode toJson() {
      return JsonNodeFactory.instance.objectNode().put("disconnect", code).put("reason", reason);
    }
  }
}
