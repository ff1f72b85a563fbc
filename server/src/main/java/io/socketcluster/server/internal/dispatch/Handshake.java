// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.dispatch;

import io.socketcluster.core.AuthState;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.WireErrors;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.server.internal.auth.CheckedToken;
import io.socketcluster.server.internal.auth.TokenErrors;
import io.socketcluster.server.internal.heartbeat.ClientVersion;
import io.socketcluster.server.internal.loop.SocketLife;
import io.socketcluster.server.internal.outbound.ReservedAnswers;
import io.socketcluster.server.internal.tokens.SentError;
import io.socketcluster.server.internal.tokens.TokenCheck;
import io.socketcluster.server.internal.tokens.TokenLife;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The handshake and what a client does with its token. Event loop only. */
public final class Handshake {
  private static final String STATUS_CODE = "statusCode";

  private final TokenLife tokens;
  private final ReservedAnswers answers;
  private final ClientVersion version;
  private final Opening opening;

  /** The socket that is opened by a handshake. */
  public interface Opening extends SocketLife {
    /** Returns whether a client has asked for its handshake. */
    boolean hasBegun();

    /** A client has asked for its handshake; {@code next} runs when it has its turn. */
    void begins(Runnable next);

    /** Returns a check of the token that a client has sent. */
    TokenCheck checkToken();

    /** Returns a new map of what each client is told in answer to its handshake. */
    Map<String, Object> greeting();

    /** The handshake is complete and has been answered. */
    void open(boolean isAuthenticated, @Nullable AGException authError);
  }

  public Handshake(
      TokenLife tokens, ReservedAnswers answers, ClientVersion version, Opening opening) {
    this.tokens = tokens;
    this.answers = answers;
    this.version = version;
    this.opening = opening;
  }

  /** Returns whether a handshake has been answered. */
  public boolean isComplete() {
    return opening.state() != SocketState.CONNECTING;
  }

  /** A client wants to subscribe before its handshake is complete. */
  void refuseSubscription(EventPacket packet) {
    answers.fail(
        packet,
        new InvalidActionError(
            "Cannot subscribe socket to a channel before it has completed the handshake"));
  }

  public void handshake(EventPacket packet) {
    if (!packet.isInvoke()) {
      malformed("Handshake request was malformatted");
      return;
    }
    if (opening.hasBegun()) {
      answers.fail(packet, new InvalidActionError("The handshake has already been completed"));
      return;
    }
    opening.begins(() -> begin(packet));
  }

  private void begin(EventPacket packet) {
    TokenCheck check = opening.checkToken();
    check.run(
        tokenOf(packet.data()),
        CheckedToken.NONE,
        checked ->
            check.admit(
                checked,
                () -> settleHandshake(packet, check, checked),
                error -> reject(packet, SentError.of(error))));
  }

  private void settleHandshake(EventPacket packet, TokenCheck check, CheckedToken checked) {
    if (checked.isNothing()) {
      open(packet, null);
    } else {
      check.settle(checked, error -> open(packet, error));
    }
  }

  private void reject(EventPacket packet, AGException error) {
    int code = rejectionCode(error);
    AGException told = error.withProperty(STATUS_CODE, code);
    if (version.mayBeOne()) {
      answers.refuse(packet, told, Payload.of(Map.of("code", code)));
    } else {
      answers.refuse(packet, told);
    }
    answers.observe(packet, packet.data());
    opening.close(code, null);
  }

  /** What a client can be closed with, if the error says so. */
  private static int rejectionCode(AGException error) {
    int code = error.properties().get(STATUS_CODE) instanceof Number given ? given.intValue() : 0;
    return CloseCode.isApplicable(code) ? code : CloseCode.HANDSHAKE_REJECTED;
  }

  public void authenticate(EventPacket packet) {
    if (!packet.isInvoke()) {
      malformed("Authenticate request was malformatted");
      return;
    }
    AuthState oldState = tokens.current().state();
    Payload sent = packet.data();
    TokenCheck check = opening.checkToken();
    check.run(
        sent == null ? null : sent.node(),
        new CheckedToken("", null, TokenErrors.missing()),
        token ->
            check.settle(
                token,
                error -> {
                  if (check.isOverruled()) {
                    overruled(packet);
                  } else {
                    authenticated(packet, oldState, error);
                  }
                }));
  }

  /**
   * The application has given or taken a token in the meantime. Clients believe the answer, so what
   * is in force follows it.
   */
  private void overruled(EventPacket packet) {
    answerAuthenticate(packet, null);
    tokens.send();
    answers.observe(packet, packet.data());
  }

  private void authenticated(EventPacket packet, AuthState oldState, @Nullable AGException error) {
    if (error == null) {
      tokens.announce(oldState);
    }
    answerAuthenticate(packet, error);
    answers.observe(packet, packet.data());
  }

  /** The client took its own token away. */
  public void removeAuthToken(EventPacket packet) {
    tokens.deauthenticate();
    answers.succeed(packet, packet.data());
  }

  private void answerAuthenticate(EventPacket packet, @Nullable AGException error) {
    if (error == null || !TokenErrors.isBadToken(error)) {
      answers.end(packet, authStatus(error));
      return;
    }
    if (version.isOne()) {
      answers.refuse(packet, error, authStatus(error));
    } else {
      answers.refuse(packet, error);
    }
    tokens.revoke();
  }

  private Payload authStatus(@Nullable AGException error) {
    Map<String, @Nullable Object> status = new LinkedHashMap<>();
    status.put("isAuthenticated", tokens.isAuthenticated());
    status.put("authError", error == null ? null : WireErrors.dehydrate(error));
    return Payload.of(status);
  }

  /** A bad token is a soft error: the socket opens without it. */
  private void open(EventPacket packet, @Nullable AGException authError) {
    Map<String, Object> status = opening.greeting();
    status.put("isAuthenticated", tokens.isAuthenticated());
    if (authError != null) {
      status.put("authError", WireErrors.dehydrate(authError));
    }
    answers.end(packet, Payload.of(status));
    if (authError != null && TokenErrors.isBadToken(authError)) {
      tokens.revoke();
    }
    opening.open(tokens.isAuthenticated(), authError);
    tokens.announce(AuthState.UNAUTHENTICATED);
    answers.observe(packet, packet.data());
  }

  private void malformed(String message) {
    answers.error(new InvalidActionError(message));
    opening.close(CloseCode.HANDSHAKE_REJECTED, null);
  }

  /** Returns the token of a handshake; what JavaScript takes for false is none. */
  private static @Nullable JsonNode tokenOf(@Nullable Payload data) {
    JsonNode token = data == null ? null : data.node().get("authToken");
    return token == null || isFalsy(token) ? null : token;
  }

  private static boolean isFalsy(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL -> true;
      case BOOLEAN -> !value.booleanValue();
      case NUMBER -> value.numberValue().doubleValue() == 0;
      case STRING -> value.stringValue().isEmpty();
      default -> false;
    };
  }
}
