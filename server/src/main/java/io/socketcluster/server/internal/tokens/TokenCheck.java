// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.tokens;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGAuthEngine;
import io.socketcluster.server.internal.auth.CheckedToken;
import io.socketcluster.server.internal.auth.TokenErrors;
import io.socketcluster.server.internal.events.SocketEvents;
import io.socketcluster.server.internal.inbound.InboundMiddleware;
import io.socketcluster.server.internal.inbound.InboundOrder;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Checks the token that a client sent, on a virtual thread, then asks the middleware about it. The
 * socket's later packets wait. Event loop only.
 */
public final class TokenCheck {
  private final TokenEngine engine;
  private final InboundOrder order;
  private final Authentication authentication;
  private final InboundMiddleware middleware;
  private final SocketEvents events;
  private final int decisionsBefore;

  /** Creates the check of one token, which begins now. */
  public TokenCheck(
      TokenEngine engine,
      InboundOrder order,
      Authentication authentication,
      InboundMiddleware middleware,
      SocketEvents events) {
    this.engine = engine;
    this.order = order;
    this.authentication = authentication;
    this.middleware = middleware;
    this.events = events;
    this.decisionsBefore = authentication.decisions();
  }

  /** Returns whether the application has given or taken a token since the check began. */
  public boolean isOverruled() {
    return authentication.decisions() != decisionsBefore;
  }

  private void set(Token token) {
    if (!isOverruled()) {
      authentication.set(token);
    }
  }

  /**
   * Checks what the client sent as its token, without any effect yet. {@code checked} is called on
   * the event loop, unless the socket is closed by then.
   *
   * @param nobody the result for a client that sent no token and is unknown without a token
   */
  public void run(@Nullable JsonNode sent, CheckedToken nobody, Consumer<CheckedToken> checked) {
    if (sent == null || sent.isNull() || sent.isMissingNode()) {
      if (engine.knowsByTokenOnly()) {
        checked.accept(nobody);
      } else {
        engine.ask(asked -> knownWithoutToken(asked, nobody), order, checked);
      }
    } else if (!sent.isString()) {
      AGException error = TokenErrors.unusable("Invalid token format - Token must be a string");
      checked.accept(new CheckedToken("", null, error));
    } else {
      engine.ask(asked -> verified(asked, sent.stringValue()), order, checked);
    }
  }

  /**
   * Authenticates the socket with a token that was checked. {@code done} is called on the event
   * loop with null or with why not, unless the socket is closed by then.
   */
  public void settle(CheckedToken token, Consumer<@Nullable AGException> done) {
    AGException error = token.error();
    if (error == null) {
      accept(token, done);
    } else {
      reject(token, error, done);
    }
  }

  private CheckedToken verified(AGAuthEngine asked, String signed) {
    try {
      if (signed.isEmpty()) {
        return new CheckedToken(signed, null, TokenErrors.missing());
      }
      CheckedToken verified =
          new CheckedToken(signed, asked.verifyToken(signed, events.socket()), null);
      return engine.isRevoked(Token.of(verified)) ? refused(verified) : verified;
    } catch (Throwable e) { // an Error, too, must not keep the socket waiting
      return new CheckedToken(signed, null, TokenErrors.of(e));
    }
  }

  private static CheckedToken refused(CheckedToken revoked) {
    return new CheckedToken(revoked.signed(), null, TokenErrors.revoked());
  }

  private CheckedToken knownWithoutToken(AGAuthEngine asked, CheckedToken nobody) {
    try {
      JsonNode claims = asked.verifyWithoutToken(events.socket());
      return claims == null || claims.isNull() || claims.isMissingNode()
          ? nobody
          : new CheckedToken(null, claims, null);
    } catch (AGException e) {
      events.error(e);
      return nobody;
    } catch (Throwable e) {
      events.failed("The auth engine failed to know a client without a token", e);
      return nobody;
    }
  }

  /**
   * Asks the middleware about a handshake before anything follows from its token; one of the two is
   * called, unless the socket is closed by then.
   */
  public void admit(CheckedToken token, Runnable allowed, Consumer<Throwable> blocked) {
    middleware.askHandshake(token, allowed, blocked);
  }

  private void accept(CheckedToken token, Consumer<@Nullable AGException> done) {
    if (isOverruled()) {
      done.accept(null);
      return;
    }
    Token accepted = Token.of(token);
    set(accepted);
    if (engine.isRevoked(accepted)) { // since it was verified; from now on it is found here
      reject(token, TokenErrors.revoked(), done);
      return;
    }
    middleware.askAuthenticate(
        token,
        () -> done.accept(null),
        blocked -> {
          set(Token.NONE);
          AGException error = SentError.of(blocked);
          if (TokenErrors.isBadToken(error)) {
            emitBadToken(token, error);
          }
          done.accept(error);
        });
  }

  private void reject(CheckedToken token, AGException error, Consumer<@Nullable AGException> done) {
    set(Token.NONE);
    if (TokenErrors.isFaultOfEngine(error)) {
      events.failed("The auth engine failed to verify a token", error);
    } else {
      events.error(error);
    }
    if (TokenErrors.isBadToken(error)) {
      emitBadToken(token, error);
    }
    done.accept(error);
  }

  private void emitBadToken(CheckedToken token, AGException error) {
    events.badToken(error, Objects.requireNonNullElse(token.signed(), ""));
  }
}
