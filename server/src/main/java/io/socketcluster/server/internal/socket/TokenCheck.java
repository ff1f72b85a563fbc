// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.ServerEvent;
import io.socketcluster.server.SocketEvent;
import io.socketcluster.server.internal.auth.TokenErrors;
import io.socketcluster.server.internal.socket.Authentication.Token;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Checks the token that a client sent, on a virtual thread, then asks the middleware about it. The
 * socket's later packets wait. Event loop only.
 */
final class TokenCheck {
  private final DefaultServerSocket socket;

  TokenCheck(DefaultServerSocket socket) {
    this.socket = socket;
  }

  /**
   * Checks what the client sent as its token, without any effect yet. {@code checked} is called on
   * the event loop, unless the socket is closed by then.
   */
  void run(@Nullable JsonNode sent, Consumer<CheckedToken> checked) {
    if (sent == null || sent.isNull() || sent.isMissingNode()) {
      checked.accept(new CheckedToken("", null, TokenErrors.missing()));
    } else if (!sent.isString()) {
      AGException error = TokenErrors.unusable("Invalid token format - Token must be a string");
      checked.accept(new CheckedToken("", null, error));
    } else {
      verify(sent.stringValue(), checked);
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

  private void verify(String signed, Consumer<CheckedToken> checked) {
    socket.parts().inbound().order().hold();
    Thread.ofVirtual()
        .name("socketcluster-token")
        .start(
            () -> {
              CheckedToken token = verified(signed);
              LoopTasks.run(socket.loop().eventLoop(), () -> goOn(token, checked));
            });
  }

  private CheckedToken verified(String signed) {
    try {
      return signed.isEmpty()
          ? new CheckedToken(signed, null, TokenErrors.missing())
          : new CheckedToken(signed, socket.host().auth().verifyToken(signed, socket), null);
    } catch (RuntimeException e) {
      return new CheckedToken(signed, null, TokenErrors.of(e));
    }
  }

  private void goOn(CheckedToken token, Consumer<CheckedToken> checked) {
    try {
      if (socket.state() != SocketState.CLOSED) {
        checked.accept(token);
      }
    } finally {
      socket.parts().inbound().order().release();
    }
  }

  private void accept(CheckedToken token, Consumer<@Nullable AGException> done) {
    socket.parts().authentication().set(Token.of(token));
    socket
        .parts()
        .middleware()
        .askAuthenticate(
            token,
            () -> done.accept(null),
            blocked -> {
              socket.parts().authentication().set(Token.NONE);
              AGException error = WireForm.of(blocked);
              if (TokenErrors.isBadToken(error)) {
                emitBadToken(token, error);
              }
              done.accept(error);
            });
  }

  private void reject(CheckedToken token, AGException error, Consumer<@Nullable AGException> done) {
    socket.parts().authentication().set(Token.NONE);
    socket.parts().events().error(error);
    if (TokenErrors.isBadToken(error)) {
      emitBadToken(token, error);
    }
    done.accept(error);
  }

  private void emitBadToken(CheckedToken token, AGException error) {
    String signed = Objects.requireNonNullElse(token.signed(), "");
    socket.emit(AGServerSocket.BAD_AUTH_TOKEN, new SocketEvent.BadAuthToken(error, signed));
    socket
        .server()
        .emit(
            AGServer.BAD_SOCKET_AUTH_TOKEN,
            new ServerEvent.BadSocketAuthToken(socket, error, signed));
  }
}
