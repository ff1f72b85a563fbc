// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.cluster;

import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.internal.cluster.Order.Action;
import io.socketcluster.server.internal.cluster.ServersMessage.Answer;
import io.socketcluster.server.internal.cluster.ServersMessage.Here;
import io.socketcluster.server.internal.cluster.ServersMessage.Leaving;
import io.socketcluster.server.internal.cluster.ServersMessage.Question;
import io.socketcluster.server.internal.cluster.ServersMessage.Revoked;
import io.socketcluster.server.internal.tokens.RevocationJson;
import io.socketcluster.server.tokens.TokenRevocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The messages between servers as JSON. A message that has another form is none: a server of
 * another version may send it, or anybody who may publish at the broker. Members that are not known
 * are ignored.
 */
final class ServersJson {
  private static final int LONGEST_MESSAGE = 100_000;
  private static final int LONGEST_ID = 64;

  private ServersJson() {}

  static Payload write(ServersMessage message) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("from", message.from());
    switch (message) {
      case Here here -> json.put("type", "here");
      case Leaving leaving -> json.put("type", "leaving");
      case Answer answer ->
          json.put("type", "answer").put("number", answer.number()).put("count", answer.count());
      case Revoked revoked -> {
        json.put("type", "revoked");
        ArrayNode list = json.putArray("list");
        revoked.revocations().forEach(each -> list.add(RevocationJson.write(each)));
      }
      case Question question -> {
        json.put("type", "question").put("number", question.number());
        write(question.order(), json);
      }
    }
    return Payload.of(json);
  }

  private static void write(Order order, ObjectNode json) {
    json.put("action", order.action().name().toLowerCase(Locale.ROOT));
    switch (order.target()) {
      case Target.Everyone all -> {}
      case Target.SocketId socket -> json.put("socketId", socket.id());
      case Target.Claim claim -> json.put("claim", claim.name()).set("value", claim.value());
      case Target.Revoked of -> json.set("revoke", RevocationJson.write(of.revocation()));
      case Target.Subscribers of -> json.put("subscribedTo", of.channel());
    }
    if (order.channel() != null) {
      json.put("channel", order.channel());
    }
    if (order.text() != null) {
      json.put("text", order.text());
    }
    if (order.code() != 0) {
      json.put("code", order.code());
    }
  }

  /** Reads a message; returns null when it is none. */
  static @Nullable ServersMessage read(@Nullable Payload data) {
    if (data == null || data.size() > LONGEST_MESSAGE) {
      return null;
    }
    JsonNode json = data.node();
    String from = json.path("from").stringValue("");
    long number = json.path("number").longValue(-1);
    if (from.isEmpty() || from.length() > LONGEST_ID) {
      return null;
    }
    return switch (json.path("type").stringValue("")) {
      case "here" -> new Here(from);
      case "leaving" -> new Leaving(from);
      case "answer" -> answer(from, number, json.path("count").longValue(-1));
      case "revoked" -> revoked(from, json.path("list"));
      case "question" -> question(from, number, json);
      default -> null;
    };
  }

  private static @Nullable Answer answer(String from, long number, long count) {
    return count < 0 ? null : new Answer(from, number, count);
  }

  private static Revoked revoked(String from, JsonNode list) {
    List<TokenRevocation> revocations = new ArrayList<>();
    for (JsonNode each : list) {
      TokenRevocation read = RevocationJson.read(each);
      if (read != null) {
        revocations.add(read);
      }
    }
    return new Revoked(from, List.copyOf(revocations));
  }

  private static @Nullable Question question(String from, long number, JsonNode json) {
    Action action = action(json.path("action").stringValue(""));
    Target target = target(json);
    int code = json.path("code").intValue(0);
    if (action == null
        || target == null
        || (action == Action.REVOKE) != (target instanceof Target.Revoked)
        || (action == Action.DISCONNECT && !CloseCode.isApplicable(code))) {
      return null;
    }
    String channel = json.path("channel").stringValue(null);
    Order order = new Order(action, target, channel, code, json.path("text").stringValue(null));
    return new Question(from, number, order);
  }

  private static @Nullable Action action(String name) {
    for (Action each : Action.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
        return each;
      }
    }
    return null;
  }

  /**
   * Everyone can only be counted and checked again: no message makes a server disconnect all of its
   * clients.
   */
  private static @Nullable Target target(JsonNode json) {
    if (json.path("socketId").isString()) {
      return new Target.SocketId(json.path("socketId").stringValue());
    }
    if (json.path("claim").isString()) {
      JsonNode value = json.path("value");
      boolean isScalar = value.isString() || value.isNumber() || value.isBoolean();
      return isScalar ? new Target.Claim(json.path("claim").stringValue(), value) : null;
    }
    if (json.path("revoke").isObject()) {
      TokenRevocation revocation = RevocationJson.read(json.path("revoke"));
      return revocation == null ? null : new Target.Revoked(revocation);
    }
    if (json.path("subscribedTo").isString()) {
      return new Target.Subscribers(json.path("subscribedTo").stringValue());
    }
    String action = json.path("action").stringValue("");
    return action.equals("count") || action.equals("recheck") ? new Target.Everyone() : null;
  }
}
