// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.middleware;

import io.socketcluster.protocol.DataMapper;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.AuthTokenExpiredError;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.UpgradeRequest;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** An action that waits for its decision. Thread-safe from the moment when it has been asked. */
public class PendingAction implements AGAction {
  /** Told what was decided, on the thread that decided. */
  interface Decision {
    /** The action goes on with {@code data}. */
    void allowed(@Nullable Payload data);

    /** The action is refused; no error means silently. */
    void blocked(@Nullable Throwable error);
  }

  private final Type type;
  private final UpgradeRequest request;
  private final @Nullable AGServerSocket socket;
  private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();

  // Written before the action is asked.
  private @Nullable String target;
  private @Nullable Payload data;
  private @Nullable AuthTokenExpiredError tokenExpired;
  private @Nullable String signedAuthToken;
  private @Nullable JsonNode authToken;
  private @Nullable AGException authTokenError;
  private @Nullable Decision decision;

  PendingAction(Type type, UpgradeRequest request, @Nullable AGServerSocket socket) {
    this.type = type;
    this.request = request;
    this.socket = socket;
  }

  /** Returns an action of a socket. */
  public static PendingAction of(Type type, AGServerSocket socket) {
    return new PendingAction(type, socket.request(), socket);
  }

  /** Returns an upgrade, which has no socket yet. */
  public static PendingAction upgrade(UpgradeRequest request) {
    return new PendingAction(Type.HANDSHAKE_WS, request, null);
  }

  /** Sets the channel, procedure or receiver, as the type says, and the data. */
  public PendingAction about(String name, @Nullable Payload sent) {
    target = name;
    data = sent;
    return this;
  }

  /** Sets the error of a token that was found to have expired. */
  public PendingAction withExpired(@Nullable AuthTokenExpiredError error) {
    tokenExpired = error;
    return this;
  }

  /** Sets the token that came, and what its check has found. */
  public PendingAction withToken(
      @Nullable String signed, @Nullable JsonNode claims, @Nullable AGException error) {
    signedAuthToken = signed;
    authToken = claims;
    authTokenError = error;
    return this;
  }

  void decidedBy(Decision target) {
    decision = target;
  }

  @Override
  public Type type() {
    return type;
  }

  @Override
  public AGServerSocket socket() {
    AGServerSocket known = socket;
    if (known == null) {
      throw new InvalidActionError("AGAction " + type.value() + " has no socket yet");
    }
    return known;
  }

  @Override
  public UpgradeRequest request() {
    return request;
  }

  @Override
  public @Nullable String channel() {
    return switch (type) {
      case SUBSCRIBE, PUBLISH_IN, PUBLISH_OUT -> target;
      default -> null;
    };
  }

  @Override
  public @Nullable String procedure() {
    return type == Type.INVOKE ? target : null;
  }

  @Override
  public @Nullable String receiver() {
    return type == Type.TRANSMIT ? target : null;
  }

  @Override
  public @Nullable Payload payload() {
    return data;
  }

  /** Other subscribers have the same data: whoever changes a publish on its way out has a copy. */
  @Override
  public JsonNode data() {
    if (data == null) {
      return MissingNode.getInstance();
    }
    return type == Type.PUBLISH_OUT ? data.node().deepCopy() : data.node();
  }

  @Override
  public <T> @Nullable T data(Class<T> dataType) {
    return data == null ? null : mapper().read(data, mapper().type(dataType));
  }

  @Override
  public <T> @Nullable T data(TypeReference<T> dataType) {
    return data == null ? null : mapper().read(data, mapper().type(dataType.getType()));
  }

  @Override
  public @Nullable String signedAuthToken() {
    return signedAuthToken;
  }

  @Override
  public @Nullable JsonNode authToken() {
    return authToken;
  }

  @Override
  public @Nullable AGException authTokenError() {
    return authTokenError;
  }

  @Override
  public @Nullable AuthTokenExpiredError authTokenExpiredError() {
    return tokenExpired;
  }

  @Override
  public @Nullable Outcome outcome() {
    return outcome.get();
  }

  @Override
  public void allow() {
    allowed("allow").allowed(data);
  }

  @Override
  public void allow(@Nullable Object replacement) {
    Payload replaced = mapper().write(replacement);
    allowed("allow").allowed(replaced);
  }

  @Override
  public void block() {
    blocked().blocked(null);
  }

  @Override
  public void block(Throwable error) {
    blocked().blocked(error);
  }

  /** Takes the decision away from the middleware; returns false if it was taken already. */
  boolean overrule() {
    return outcome.compareAndSet(null, Outcome.BLOCKED);
  }

  /** Without a socket there is no data. */
  final DataMapper mapper() {
    return socket == null ? DataMapper.STANDARD : socket.dataMapper();
  }

  final Decision allowed(String verb) {
    return decide(Outcome.ALLOWED, verb);
  }

  private Decision blocked() {
    return decide(Outcome.BLOCKED, "block");
  }

  private Decision decide(Outcome wanted, String verb) {
    Decision told = decision;
    if (told == null || !outcome.compareAndSet(null, wanted)) {
      throw new InvalidActionError(
          "AGAction " + type.value() + " has already been " + outcome.get() + "; cannot " + verb);
    }
    return told;
  }
}
