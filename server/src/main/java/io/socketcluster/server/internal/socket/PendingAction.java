// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AuthTokenExpiredError;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGServerSocket;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** An action that waits for its decision. Thread-safe. */
final class PendingAction implements AGAction {
  /** Told what was decided, on the thread that decided. */
  interface Decision {
    /** The action goes on with {@code data}. */
    void allowed(@Nullable Payload data);

    /** The action is refused; no error means silently. */
    void blocked(@Nullable Throwable error);
  }

  private final AGServerSocket socket;
  private final Type type;
  private final @Nullable String target;
  private final @Nullable Payload data;
  private final @Nullable AuthTokenExpiredError tokenExpired;
  private final Decision decision;
  private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
  private @Nullable String signedAuthToken;
  private @Nullable JsonNode authToken;

  /**
   * Creates an action.
   *
   * @param target the channel, procedure or receiver, as the type says; null for authenticate
   */
  PendingAction(
      AGServerSocket socket,
      Type type,
      @Nullable String target,
      @Nullable Payload data,
      @Nullable AuthTokenExpiredError tokenExpired,
      Decision decision) {
    this.socket = socket;
    this.type = type;
    this.target = target;
    this.data = data;
    this.tokenExpired = tokenExpired;
    this.decision = decision;
  }

  static PendingAction authenticate(
      AGServerSocket socket, String signedToken, JsonNode token, Decision decision) {
    PendingAction action = new PendingAction(socket, Type.AUTHENTICATE, null, null, null, decision);
    action.signedAuthToken = signedToken;
    action.authToken = token;
    return action;
  }

  @Override
  public Type type() {
    return type;
  }

  @Override
  public AGServerSocket socket() {
    return socket;
  }

  @Override
  public @Nullable String channel() {
    return type == Type.SUBSCRIBE || type == Type.PUBLISH_IN ? target : null;
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

  @Override
  public JsonNode data() {
    return data == null ? MissingNode.getInstance() : data.node();
  }

  @Override
  public <T> @Nullable T data(Class<T> dataType) {
    return data == null ? null : data.as(dataType);
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
  public @Nullable AuthTokenExpiredError authTokenExpiredError() {
    return tokenExpired;
  }

  @Override
  public @Nullable Outcome outcome() {
    return outcome.get();
  }

  @Override
  public void allow() {
    decide(Outcome.ALLOWED, "allow");
    decision.allowed(data);
  }

  @Override
  public void allow(@Nullable Object replacement) {
    Payload replaced = Payload.of(replacement);
    decide(Outcome.ALLOWED, "allow");
    decision.allowed(replaced);
  }

  @Override
  public void block() {
    decide(Outcome.BLOCKED, "block");
    decision.blocked(null);
  }

  @Override
  public void block(Throwable error) {
    decide(Outcome.BLOCKED, "block");
    decision.blocked(error);
  }

  /** Blocks unless it was decided before; for a middleware that failed. */
  void abandon(Throwable error) {
    if (outcome.compareAndSet(null, Outcome.BLOCKED)) {
      decision.blocked(error);
    }
  }

  private void decide(Outcome wanted, String verb) {
    if (!outcome.compareAndSet(null, wanted)) {
      throw new InvalidActionError(
          "AGAction " + type.value() + " has already been " + outcome.get() + "; cannot " + verb);
    }
  }
}
