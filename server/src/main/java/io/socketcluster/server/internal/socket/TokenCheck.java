// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGAuthEngine;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.JwtAuthEngine;
import io.socketcluster.server.ServerEvent;
import io.socketcluster.server.SocketEvent;
import io.socketcluster.server.internal.auth.TokenErrors;
import io.socketcluster.server.internal.socket.Authentication.Token;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Checks the token that a client sent, on a virtual thread, then asks the middleware about it. The
 * socket's later packets wait. Event loop only.
 */
final class TokenCheck {
  private final DefaultServerSocket socket;
  private final int decisionsBefore;

  /** Creates the check of one token, which begins now. */
  TokenCheck(DefaultServerSocket socket) {
    this.socket = socket;
    this.decisionsBefore = socket.parts().authentication().decisions();
  }

  /** Returns whether the application has given or taken a token since the check began. */
  boolean isOverruled() {
    return socket.parts().authentication().decisions() != decisionsBefore;
  }

  private void set(Token token) {
    if (!isOverruled()) {
      socket.parts().authentication().set(token);
    }
  }

  /**
   * Checks what the client sent as its token, without any effect yet. {@code checked} is called on
   * the event loop, unless the socket is closed by then.
   *
   * @param nobody the result for a client that sent no token and is unknown without a token
   */
  void run(@Nullable JsonNode sent, CheckedToken nobody, Consumer<CheckedToken> checked) {
    if (sent == null || sent.isNull() || sent.isMissingNode()) {
      if (socket.host().auth() instanceof JwtAuthEngine) { // which knows nobody without a token
        checked.accept(nobody);
      } else {
        ask(engine -> knownWithoutToken(engine, nobody), checked);
      }
    } else if (!sent.isString()) {
      AGException error = TokenErrors.unusable("Invalid token format - Token must be a string");
      checked.accept(new CheckedToken("", null, error));
    } else {
      ask(engine -> verified(engine, sent.stringValue()), checked);
    }
  }

  /**
   * Authenticates the socket with a token that was checked. {@code done} is called on the event
   * loop with null or with why not, unless the socket is closed by then.
   */
  void settle(CheckedToken token, Consumer<@Nullable AGException> done) {
    AGException error = token.error();
    if (error == null) {
      accept(token, done);
    } else {
      reject(token, error, done);
    }
  }

  private void ask(Function<AGAuthEngine, CheckedToken> question, Consumer<CheckedToken> checked) {
    AGAuthEngine engine = socket.host().auth();
    socket.parts().inbound().order().hold();
    Thread.ofVirtual()
        .name("socketcluster-token")
        .start(
            () -> {
              CheckedToken token = question.apply(engine);
              LoopTasks.run(
                  socket.loop().eventLoop(),
                  () -> goOn(token, checked, engine, () -> ask(question, checked)));
            });
  }

  private CheckedToken verified(AGAuthEngine engine, String signed) {
    try {
      return signed.isEmpty()
          ? new CheckedToken(signed, null, TokenErrors.missing())
          : new CheckedToken(signed, engine.verifyToken(signed, socket), null);
    } catch (Throwable e) { // an Error, too, must not keep the socket waiting
      return new CheckedToken(signed, null, TokenErrors.of(e));
    }
  }

  private CheckedToken knownWithoutToken(AGAuthEngine engine, CheckedToken nobody) {
    try {
      JsonNode claims = engine.verifyWithoutToken(socket);
      return claims == null || claims.isNull() ? nobody : new CheckedToken(null, claims, null);
    } catch (AGException e) {
      socket.parts().events().error(e);
      return nobody;
    } catch (Throwable e) {
      socket.parts().events().failed("The auth engine failed to know a client without a token", e);
      return nobody;
    }
  }

  /** What an engine says that has been replaced meanwhile does not count. */
  @SuppressWarnings("ReferenceEquality") // one engine is not another, whatever its equals says
  private void goOn(
      CheckedToken token, Consumer<CheckedToken> checked, AGAuthEngine asked, Runnable again) {
    try {
      if (socket.state() == SocketState.CLOSED) {
        return;
      }
      if (socket.host().auth() == asked) {
        checked.accept(token);
      } else {
        again.run();
      }
    } finally {
      socket.parts().inbound().order().release();
    }
  }

  private void accept(CheckedToken token, Consumer<@Nullable AGException> done) {
    if (isOverruled()) {
      done.accept(null);
      return;
    }
    set(Token.of(token));
    socket
        .parts()
        .middleware()
        .askAuthenticate(
            token,
            () -> done.accept(null),
            blocked -> {
              set(Token.NONE);
              AGException error = WireForm.of(blocked);
              if (TokenErrors.isBadToken(error)) {
                emitBadToken(token, error);
              }
              done.accept(error);
            });
  }

  private void reject(CheckedToken token, AGException error, Consumer<@Nullable AGException> done) {
    set(Token.NONE);
    if (TokenErrors.isFaultOfEngine(error)) {
      socket.parts().events().failed("The auth engine failed to verify a token", error);
    } else {
      socket.parts().events().error(error);
    }
    if (TokenErrors.isBadToken(error)) {
      emitBadToken(token, error);
    }
    done.accept(error);
  }

  private void emitBadToken(CheckedToken token, AGException error) {
    String signed = Objects.requireNonNullElse(token.signed(), "");
    socket.emit(AGServerSocket.BAD_AUTH_TOKEN, new SocketEvent.BadAuthToken(error, signed));
    socket
        .parts()
        .events()
        .emitOnServer(
            AGServer.BAD_SOCKET_AUTH_TOKEN,
            new ServerEvent.BadSocketAuthToken(socket, error, signed));
  }
}
