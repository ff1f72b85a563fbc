// SPDX-License-Identifier: MIT
package io.socketcluster.http.api.internal;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.ClusterAnswer;
import io.socketcluster.server.ClusterSockets;
import io.socketcluster.server.HttpAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Carries out the calls of the API. Each checks its request first; its answer comes when the
 * servers have answered.
 */
final class ApiCalls {
  private static final int NORMAL = 1000;
  private static final int LONGEST_REASON = 123;

  private final AGServer server;
  private final Caller caller;

  ApiCalls(AGServer server, Caller caller) {
    this.server = server;
    this.caller = caller;
  }

  /** A message of a publish. */
  private record Message(String channel, JsonNode data) {}

  CompletableFuture<HttpAnswer> publish(RequestFields fields) throws ApiError {
    return publish(List.of(message(fields)));
  }

  CompletableFuture<HttpAnswer> batch(RequestFields fields, int most) throws ApiError {
    fields.only("messages");
    JsonNode messages = fields.object().path("messages");
    if (!messages.isArray() || messages.size() > most) {
      throw ApiError.invalid("messages is an array of at most " + most + " objects");
    }
    List<Message> all = new ArrayList<>(messages.size());
    for (JsonNode each : messages) {
      all.add(message(RequestFields.of(each)));
    }
    return publish(all);
  }

  private Message message(RequestFields fields) throws ApiError {
    fields.only("channel", "data");
    String channel = fields.channel();
    caller.require("publish", channel);
    return new Message(channel, fields.object().path("data"));
  }

  /** All are checked before the first one is published. */
  private CompletableFuture<HttpAnswer> publish(List<Message> messages) {
    CompletableFuture<?>[] published =
        messages.stream()
            .map(
                each ->
                    server
                        .exchange()
                        .invokePublish(each.channel, each.data.isMissingNode() ? null : each.data))
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(published)
        .thenApply(done -> HttpAnswer.json(200, Map.of("published", messages.size())));
  }

  CompletableFuture<HttpAnswer> kickOut(RequestFields fields) throws ApiError {
    fields.only("socketId", "claim", "channel", "message");
    String channel = fields.optionalChannel();
    String message = fields.text("message");
    caller.require("kick-out", channel);
    ClusterSockets sockets = sockets(fields);
    return counted(channel == null ? sockets.kickOut(message) : sockets.kickOut(channel, message));
  }

  CompletableFuture<HttpAnswer> disconnect(RequestFields fields) throws ApiError {
    fields.only("socketId", "claim", "code", "reason");
    caller.require("disconnect", null);
    String reason = fields.text("reason");
    if (reason != null && reason.length() > LONGEST_REASON) {
      throw ApiError.invalid("reason has at most " + LONGEST_REASON + " characters");
    }
    return counted(sockets(fields).disconnect(fields.code(NORMAL), reason));
  }

  CompletableFuture<HttpAnswer> count(@Nullable String channel) throws ApiError {
    caller.require("count", channel);
    if (channel == null) {
      return counted(server.cluster().clientsCount());
    }
    RequestFields.checkChannel(channel);
    return counted(server.cluster().subscribersCount(channel));
  }

  private ClusterSockets sockets(RequestFields fields) throws ApiError {
    String id = fields.text("socketId");
    JsonNode claim = fields.object().path("claim");
    if ((id == null) == claim.isMissingNode()) {
      throw ApiError.invalid("Either socketId or claim is needed");
    }
    if (id != null) {
      return server.cluster().socket(id);
    }
    RequestFields named = RequestFields.of(claim);
    named.only("name", "value");
    String name = named.text("name");
    if (name == null) {
      throw ApiError.invalid("claim has a name and a value");
    }
    try {
      return server.cluster().socketsWithClaim(name, valueOf(claim.path("value")));
    } catch (InvalidArgumentsError e) {
      throw ApiError.invalid("The value of a claim is a string, a number or a boolean");
    }
  }

  private static Object valueOf(JsonNode value) throws ApiError {
    if (value.isString()) {
      return value.stringValue();
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    if (value.isNumber()) {
      return value.numberValue();
    }
    throw ApiError.invalid("The value of a claim is a string, a number or a boolean");
  }

  private static CompletableFuture<HttpAnswer> counted(CompletableFuture<ClusterAnswer> asked) {
    return asked.thenApply(
        answer ->
            HttpAnswer.json(
                200,
                Map.of(
                    "count",
                    answer.count(),
                    "servers",
                    answer.servers(),
                    "missing",
                    answer.missing())));
  }
}
