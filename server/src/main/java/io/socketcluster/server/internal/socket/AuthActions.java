// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.core.AuthState;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.WireErrors;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.server.internal.auth.TokenErrors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The handshake and what a client does with its token. Event loop only. */
final class AuthActions {
  private static final String STATUS_CODE = "statusCode";

  private final DefaultServerSocket socket;
  private boolean handshaking;

  AuthActions(DefaultServerSocket socket) {
    this.socket = socket;
  }

  /** Returns whether a handshake has been received, complete or not. */
  boolean hasBegun() {
    return handshaking;
  }

  void handshake(EventPacket packet) {
    if (!packet.isInvoke()) {
      malformed("Handshake request was malformatted");
      return;
    }
    if (handshaking) {
      socket
          .parts()
          .answers()
          .fail(packet, new InvalidActionError("The handshake has already been completed"));
      return;
    }
    handshaking = true;
    socket.parts().inbound().handshakeBegins(() -> begin(packet));
  }

  private void begin(EventPacket packet) {
    TokenCheck check = socket.parts().tokenCheck();
    check.run(
        tokenOf(packet.data()),
        CheckedToken.NONE,
        checked -> admit(packet, checked, () -> settleHandshake(packet, check, checked)));
  }

  private void settleHandshake(EventPacket packet, TokenCheck check, CheckedToken checked) {
    if (checked.isNothing()) {
      open(packet, null);
    } else {
      check.settle(checked, error -> open(packet, error));
    }
  }

  /** Asks the middleware before anything follows from the token. */
  private void admit(EventPacket packet, CheckedToken token, Runnable onward) {
    socket
        .parts()
        .middleware()
        .askHandshake(token, onward, error -> reject(packet, WireForm.of(error)));
  }

  private void reject(EventPacket packet, AGException error) {
    int code = rejectionCode(error);
    AGException told = error.withProperty(STATUS_CODE, code);
    if (socket.parts().version().mayBeOne()) {
      socket.parts().answers().refuse(packet, told, Payload.of(Map.of("code", code)));
    } else {
      socket.parts().answers().refuse(packet, told);
    }
    socket.parts().answers().observe(packet, packet.data());
    socket.parts().lifecycle().close(code, null);
  }

  /** What a client can be closed with, if the error says so. */
  private static int rejectionCode(AGException error) {
    int code = error.properties().get(STATUS_CODE) instanceof Number given ? given.intValue() : 0;
    return CloseCode.isApplicable(code) ? code : CloseCode.HANDSHAKE_REJECTED;
  }

  void authenticate(EventPacket packet) {
    if (!packet.isInvoke()) {
      malformed("Authenticate request was malformatted");
      return;
    }
    AuthState oldState = socket.parts().authentication().current().state();
    Payload sent = packet.data();
    TokenCheck check = socket.parts().tokenCheck();
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
    String signed = socket.parts().authentication().current().signed();
    if (!isAuthenticated()) {
      socket.parts().writer().transmit(ReservedEvents.REMOVE_AUTH_TOKEN, null);
    } else if (signed != null) {
      Payload token = Payload.of(Map.of("token", signed));
      socket.parts().writer().transmit(ReservedEvents.SET_AUTH_TOKEN, token);
    }
    socket.parts().answers().observe(packet, packet.data());
  }

  private void authenticated(EventPacket packet, AuthState oldState, @Nullable AGException error) {
    if (error == null) {
      socket.parts().authentication().announce(oldState);
    }
    answerAuthenticate(packet, error);
    socket.parts().answers().observe(packet, packet.data());
  }

  /** The client took its own token away. */
  void removeAuthToken(EventPacket packet) {
    socket.parts().authentication().deauthenticate();
    socket.parts().answers().succeed(packet, packet.data());
  }

  /** Takes the token away and tells the client. */
  void deauthenticate() {
    socket.parts().authentication().deauthenticate();
    socket.parts().writer().transmit(ReservedEvents.REMOVE_AUTH_TOKEN, null);
  }

  private void answerAuthenticate(EventPacket packet, @Nullable AGException error) {
    if (error == null || !TokenErrors.isBadToken(error)) {
      socket.parts().answers().end(packet, authStatus(error));
      return;
    }
    if (socket.parts().version().isOne()) {
      socket.parts().answers().refuse(packet, error, authStatus(error));
    } else {
      socket.parts().answers().refuse(packet, error);
    }
    deauthenticate();
  }

  private Payload authStatus(@Nullable AGException error) {
    Map<String, @Nullable Object> status = new LinkedHashMap<>();
    status.put("isAuthenticated", isAuthenticated());
    status.put("authError", error == null ? null : WireErrors.dehydrate(error));
    return Payload.of(status);
  }

  /** A bad token is a soft error: the socket opens without it. */
  private void open(EventPacket packet, @Nullable AGException authError) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("id", socket.id());
    status.put("pingTimeout", socket.server().options().pingTimeout().toMillis());
    status.put("isAuthenticated", isAuthenticated());
    if (authError != null) {
      status.put("authError", WireErrors.dehydrate(authError));
    }
    socket.parts().middleware().endHandshake();
    socket.parts().answers().end(packet, Payload.of(status));
    if (authError != null && TokenErrors.isBadToken(authError)) {
      deauthenticate();
    }
    socket.parts().lifecycle().open(isAuthenticated(), authError);
    socket.parts().authentication().announce(AuthState.UNAUTHENTICATED);
    socket.parts().answers().observe(packet, packet.data());
  }

  private boolean isAuthenticated() {
    return socket.parts().authentication().current().state() == AuthState.AUTHENTICATED;
  }

  private void malformed(String message) {
    socket.parts().events().error(new InvalidActionError(message));
    socket.parts().lifecycle().close(CloseCode.HANDSHAKE_REJECTED, null);
  }

  /** Returns the token of a handshake; null and an empty string are none. */
  private static @Nullable JsonNode tokenOf(@Nullable Payload data) {
    JsonNode token = data == null ? null : data.node().get("authToken");
    boolean none =
        token == null || token.isNull() || (token.isString() && token.stringValue().isEmpty());
    return none ? null : token;
  }
}
