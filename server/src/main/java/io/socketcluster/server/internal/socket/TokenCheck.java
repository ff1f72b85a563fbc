// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.netty.channel.EventLoop;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.ServerEvent;
import io.socketcluster.server.SocketEvent;
import io.socketcluster.server.SocketState;
import io.socketcluster.server.internal.auth.TokenErrors;
import io.socketcluster.server.internal.socket.Authentication.Token;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Checks the token that a client sent, on a virtual thread, then asks the middleware about it. The
 * socket's later packets wait. Event loop only.
 */
final class TokenCheck {
  private final AGServerSocket socket;
  private final AGServer server;
  private final EventLoop loop;
  private final SocketHost host;
  private final InboundOrder order;
  private final InboundMiddleware middleware;
  private final Authentication authentication;
  private final SocketEvents events;

  TokenCheck(
      AGServerSocket socket,
      SocketHost host,
      EventLoop loop,
      InboundOrder order,
      InboundMiddleware middleware,
      Authentication authentication,
      SocketEvents events) {
    this.socket = socket;
    this.server = host.server();
    this.loop = loop;
    this.host = host;
    this.order = order;
    this.middleware = middleware;
    this.authentication = authentication;
    this.events = events;
  }

  /**
   * Authenticates the socket with what the client sent as its token. {@code done} is called on the
   * event loop with null or with why not, unless the socket is closed by then.
   */
  void run(@Nullable JsonNode sent, Consumer<@Nullable AGException> done) {
    if (sent == null || sent.isNull() || sent.isMissingNode()) {
      reject("", TokenErrors.missing(), done);
    } else if (!sent.isString()) {
      reject("", TokenErrors.unusable("Invalid token format - Token must be a string"), done);
    } else {
      verify(sent.stringValue(), done);
    }
  }

  private void verify(String signed, Consumer<@Nullable AGException> done) {
    order.hold();
    Thread.ofVirtual()
        .name("socketcluster-token")
        .start(
            () -> {
              Object result = claimsOrError(signed);
              LoopTasks.run(loop, () -> verified(signed, result, done));
            });
  }

  private Object claimsOrError(String signed) {
    try {
      return signed.isEmpty() ? TokenErrors.missing() : host.auth().verifyToken(signed, socket);
    } catch (RuntimeException e) {
      return TokenErrors.of(e);
    }
  }

  private void verified(String signed, Object result, Consumer<@Nullable AGException> done) {
    try {
      if (socket.state() != SocketState.CLOSED) {
        if (result instanceof JsonNode claims) {
          accept(signed, claims, done);
        } else if (result instanceof AGException error) {
          reject(signed, error, done);
        }
      }
    } finally {
      order.release();
    }
  }

  private void accept(String signed, JsonNode claims, Consumer<@Nullable AGException> done) {
    authentication.set(Token.of(claims, signed));
    middleware.askAuthenticate(
        signed,
        claims,
        () -> done.accept(null),
        blocked -> {
          authentication.set(Token.NONE);
          AGException error = WireForm.of(blocked);
          if (TokenErrors.isBadToken(error)) {
            emitBadToken(signed, error);
          }
          done.accept(error);
        });
  }

  private void reject(String signed, AGException error, Consumer<@Nullable AGException> done) {
    authentication.set(Token.NONE);
    events.error(error);
    if (TokenErrors.isBadToken(error)) {
      emitBadToken(signed, error);
    }
    done.accept(error);
  }

  private void emitBadToken(String signed, AGException error) {
    socket.emit(AGServerSocket.BAD_AUTH_TOKEN, new SocketEvent.BadAuthToken(error, signed));
    server.emit(
        AGServer.BAD_SOCKET_AUTH_TOKEN, new ServerEvent.BadSocketAuthToken(socket, error, signed));
  }
}
