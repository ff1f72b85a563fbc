// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.tokens;

import io.socketcluster.server.AGAuthEngine;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AuthTokenOptions;
import io.socketcluster.server.JwtAuthEngine;
import io.socketcluster.server.internal.auth.CheckedToken;
import io.socketcluster.server.internal.auth.TokenClaims;
import io.socketcluster.server.internal.inbound.InboundOrder;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Asks the auth engine that the server has at the moment, for the sockets of one event loop. */
public final class TokenEngine {
  private final Supplier<AGAuthEngine> engine;
  private final AGServerOptions options;
  private final RevokedTokens revoked;
  private final Executor loop;

  /**
   * @param loop runs a task on the event loop
   */
  public TokenEngine(
      Supplier<AGAuthEngine> engine,
      AGServerOptions options,
      RevokedTokens revoked,
      Executor loop) {
    this.engine = engine;
    this.options = options;
    this.revoked = revoked;
    this.loop = loop;
  }

  /** Signs a token, on the calling thread. */
  public Token sign(Object authToken, AuthTokenOptions tokenOptions) {
    ObjectNode claims = TokenClaims.copyOf(authToken, options.dataMapper());
    return Token.of(claims, engine.get().signToken(claims, withExpiry(claims, tokenOptions)));
  }

  /** The server's default is for any engine; an {@code exp} claim wins over all of it. */
  private AuthTokenOptions withExpiry(ObjectNode claims, AuthTokenOptions given) {
    return given.expiresIn() != null || claims.has("exp")
        ? given
        : given.toBuilder().expiresIn(options.authDefaultExpiry()).build();
  }

  /** Returns whether a token is refused although its engine has verified it. */
  boolean isRevoked(Token token) {
    return revoked.contain(token);
  }

  /** Returns whether a client without a token is nobody. */
  boolean knowsByTokenOnly() {
    return engine.get() instanceof JwtAuthEngine;
  }

  /**
   * Asks the engine on a virtual thread. Asks again if the engine was replaced meanwhile.
   *
   * @param order that of the socket, which is held until the answer has been dealt with
   * @param checked is called on the event loop, unless the socket is closed by then
   */
  public void ask(
      Function<AGAuthEngine, CheckedToken> question,
      InboundOrder order,
      Consumer<CheckedToken> checked) {
    AGAuthEngine asked = engine.get();
    order.hold();
    Thread.ofVirtual()
        .name("socketcluster-token")
        .start(
            () -> {
              CheckedToken token = question.apply(asked);
              Runnable again = () -> ask(question, order, checked);
              Runnable onward = () -> checked.accept(token);
              loop.execute(() -> answered(order, isCurrent(asked) ? onward : again));
            });
  }

  @SuppressWarnings("ReferenceEquality") // one engine is not another, whatever its equals says
  private boolean isCurrent(AGAuthEngine asked) {
    return engine.get() == asked;
  }

  private static void answered(InboundOrder order, Runnable next) {
    try {
      if (!order.isStopped()) {
        next.run();
      }
    } finally {
      order.release();
    }
  }
}
